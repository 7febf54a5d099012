"""A model's numbers as a file, out and back: save, load, unwrap, and back to its own."""

from __future__ import annotations

import streamlit as st

from groundup.engine.execution import EXECUTION_LOCK
from groundup.modules import loading, model_contents
from groundup.modules.parameter_history import TrainedModel
from groundup.ui.components import messages, uploads
from groundup.ui.controls.widgets import value
from groundup.ui.modules.state import ModulesState
from groundup.ui.state import page_state, put


def save_and_load(content: bytes, output: str) -> None:
    """The numbers as a file, ``content``, a place for another, and what the text printed."""
    st.markdown(
        "`state_dict()` is a dictionary from names to tensors. The file holds no code: to use it, "
        "you need the class."
    )
    st.download_button("Save these numbers (model.pt)", content, model_contents.FILE)
    st.file_uploader(
        "Load a model.pt: a file of torch.save with these names and shapes",
        key="state_file",
        max_upload_size=uploads.MAX_MB,
        on_change=_dropped,
    )
    state = page_state(ModulesState)
    if state.not_loaded:
        st.error(f"{state.not_loaded} Nothing was changed.", title="This file was not loaded")
    if state.wrapped:
        st.button("Unwrap it, and load", key="unwrap", on_click=_load, args=(state.wrapped, True))
    messages.printed(output.strip().rpartition("\n\n")[2])


def _dropped() -> None:
    """A file was dropped, or taken away again, which changes nothing."""
    state = page_state(ModulesState)
    content = uploads.dropped("state_file")
    if content is not None or uploads.taken_away("state_file"):
        state.not_loaded, state.wrapped = "", None
    if content is not None:
        _load(content, False)


def _load(content: bytes, unwrap: bool) -> None:
    """Take the file's numbers into the text, or say why not."""
    state = page_state(ModulesState)
    if state.trained_model is None:
        return
    state.not_loaded, state.wrapped = "", None
    try:
        with EXECUTION_LOCK:
            model = state.trained_model.run.variables["model"]
            loaded = loading.fitted(content, model, unwrap=unwrap)
    except loading.WrappedError as error:
        state.not_loaded, state.wrapped = str(error), content
        return
    except ValueError as error:
        state.not_loaded = str(error)
        return
    if state.own_numbers is None:
        state.epochs_before = value("after_epochs")
    state.own_numbers, state.converted = loaded.content, loaded.notes
    put({"after_epochs": 0})


def visitors_numbers(trained: TrainedModel) -> None:
    """Say that the model holds a file's numbers, what was done to them, and how to go back."""
    said, back = st.columns([4, 1.1], vertical_alignment="center")
    if trained.run.failure:
        said.info("**Your file's numbers** do not fit into this model.", icon=":material/block:")
    elif trained.run.epochs:
        said.success(
            f"The model began with **your file's numbers** and trained on for {trained.run.epochs} "
            "epochs. The marked lines load them.",
            icon=":material/check:",
        )
    else:
        said.success(
            "The model holds **your file's numbers**, in every tab. The marked lines load them.",
            icon=":material/check:",
        )
    if notes := page_state(ModulesState).converted:
        said.caption(". ".join(notes) + ".")
    back.button("Back to its own", key="own_numbers_off", on_click=_back, icon=":material/undo:")


def _back() -> None:
    state = page_state(ModulesState)
    state.own_numbers = None
    put({"after_epochs": state.epochs_before})
