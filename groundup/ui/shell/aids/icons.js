// What an icon says to who does not see it. Beside a text most of them say nothing.

const NAMES = {
  check_circle: "done:",
  radio_button_checked: "here:",
  radio_button_unchecked: "to do:",
  keyboard_double_arrow_left: "Close the path",
  keyboard_double_arrow_right: "Open the path",
}

export const nameOf = icon => NAMES[icon.trim()] ?? ""
