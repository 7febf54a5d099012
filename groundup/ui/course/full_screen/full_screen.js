// The whole page on the whole screen: a browser lets nothing but a press do that.

export function mount({ parentElement }) {
  parentElement.querySelector("button").onclick = () => {
    if (document.fullscreenElement) document.exitFullscreen()
    else document.documentElement.requestFullscreen()
  }
}
