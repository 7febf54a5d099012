"""Why a name or an attribute is not in the language, and what is written instead."""

from __future__ import annotations

from difflib import get_close_matches

from groundup.language.own.listed import CONTEXTS, LOADER, WORDS, resolves
from groundup.language.twins import in_torch

UNDERSCORE_NAME = "{name}: a name that begins with _ is not in this language."
UNDERSCORE_ATTRIBUTE = ".{name}: what begins with _ cannot be reached here."
NAME_OF_MODULE = "{name} stands for {path} in this text. Choose another name."
NEVER_OWN = "{name} is Python's own word. Choose another name."
NOT_DELETED = "{name} is also a word of Python's own, and cannot be deleted."
LONG_NAME = "a name may have {most} characters. Choose a shorter one."
MODULE_AS_VALUE = "{name} is the module {path}, and cannot be passed on. Write what you need of it."
MODULE_CHANGED = "{path} belongs to PyTorch, which serves every learner. It cannot be changed here."
TAKEN = "{name} is what Python or PyTorch calls something of its own. Choose another name."
ATTRIBUTE = ".{name} is not in this language: no tensor, module or class of this text shows it."
CLOSE_ATTRIBUTE = ".{name} is not in this language. Is .{close} meant?"
OF_RESULT = "an attribute is set on what has a name. Give this a name first."
CLOSE_NAME = "{name} has no value here. Is {close} meant?"
ATTRIBUTE_DELETED = "an attribute cannot be deleted here. Set it to None."

_CONTEXT = "{name}() stands behind with, or with an @ above a function, and nowhere else."
_HINT = "a type hint stands behind a colon or an arrow, and nowhere else."
_LOADER = "a DataLoader is made where it is named: DataLoader(data, batch_size=4)."
_BUILTIN = "{name} is not in this language."
_NOT_LISTED = "{path} is not in this language."
_CLOSE = "{path} is not in this language. Is {close} meant?"
_TWIN = "{path} is not here. PyTorch's own is {twin}."
_ABSENT = "{module} is not here: a text can import torch, math, random, copy, time and typing."

CALLED_ALONE = {
    "type": "type is called with one value, as in type(x). To name a kind, write the class.",
    "super": "super is called, and a method behind it: super().__init__().",
    "staticmethod": "@staticmethod stands above a method.",
    "classmethod": "@classmethod stands above a method.",
    "property": "@property stands above a method.",
}

_FILES = "no file is read or written here. Write the numbers in the text."
_TEXT_RUN = "a text cannot run other texts here. Write the lines themselves."
_BY_NAME = "an attribute is named in the text, behind a dot."

_BUILTINS = {
    "input": "nobody can type while a text runs. Write the value in the text.",
    **dict.fromkeys(["open", "memoryview", "bytes", "bytearray"], _FILES),
    **dict.fromkeys(["eval", "exec", "compile"], _TEXT_RUN),
    **dict.fromkeys(["getattr", "setattr", "delattr", "hasattr", "vars", "dir"], _BY_NAME),
    **dict.fromkeys(["globals", "locals"], _BY_NAME),
    **dict.fromkeys(["exit", "quit", "breakpoint"], "a text runs to its end here. Take it out."),
}

ATTRIBUTES = {
    "numpy": "NumPy is not here. Where numbers are needed, write .tolist() or .item().",
    "data_ptr": "an address is compared here, and not shown: a.data_ptr() == b.data_ptr().",
    "storage": "a tensor's memory is not reached. Its order in memory is x.stride().",
    "untyped_storage": "a tensor's memory is not reached. Its order in memory is x.stride().",
    "format": "format is called on a text that is written out: '{:.2f}'.format(x).",
    "cuda": "there is no GPU here. The text runs without it.",
    "resize_": "resize_ shows memory that nobody has written. Write x.reshape(…).",
    "apply_": "apply_ is not in this language. PyTorch's functions take whole tensors.",
    "map_": "map_ is not in this language. PyTorch's functions take whole tensors.",
    "compile": "compile is not here. A model gives the same numbers without it.",
    "share_memory_": "memory is shared with no other process here. Take it out.",
    "share_memory": "memory is shared with no other process here. Take it out.",
}

_NO_STATE = "this changes PyTorch for the whole process, which serves other learners. Take it out."
_PROCESSES = "one process runs a text here. Take it out."

_PATHS = {
    **dict.fromkeys(["load", "save", "from_file", "hub", "package", "serialization"], _FILES),
    **dict.fromkeys(["compile", "jit", "fx", "export", "compiler"], ATTRIBUTES["compile"]),
    **dict.fromkeys(["distributed", "multiprocessing", "DataParallel", "parallel"], _PROCESSES),
    **dict.fromkeys(["from_numpy", "frombuffer", "from_dlpack"], ATTRIBUTES["numpy"]),
}

CONVENTIONAL = {
    "np": "numpy",
    "numpy": "numpy",
    "tf": "tensorflow",
    "tensorflow": "tensorflow",
    "keras": "keras",
    "jnp": "jax.numpy",
    "jax": "jax",
    "plt": "matplotlib.pyplot",
    "matplotlib": "matplotlib",
    "sns": "seaborn",
    "pd": "pandas",
    "pandas": "pandas",
    "sklearn": "sklearn",
    "scipy": "scipy",
    "cv2": "cv2",
    "os": "os",
    "sys": "sys",
    "torchvision": "torchvision",
}
"""Names that stand for a module that is not here, where nothing gives them a value."""

_MODULES = {
    "numpy": "NumPy is not here. PyTorch has the same functions: torch.exp for np.exp.",
    "jax": "JAX is not here. PyTorch has the same functions: torch.exp for jnp.exp.",
    "tensorflow": "TensorFlow is not here. PyTorch's layers are in torch.nn.",
    "keras": "Keras is not here. PyTorch's layers are in torch.nn.",
    "matplotlib": "no plot is drawn by the text: the page draws the numbers of its loops.",
    "seaborn": "no plot is drawn by the text: the page draws the numbers of its loops.",
    "pandas": "pandas is not here, and no file is read. Write the numbers in the text.",
    "sklearn": "scikit-learn is not here. Write the data with torch.randn and its kin.",
    "torchvision": "torchvision and its data are not here. Write the data with torch.rand.",
    "tqdm": "no progress bar is drawn here. Loop over the values themselves.",
    "io": _FILES,
    "os": _FILES,
    "pathlib": _FILES,
    "pickle": _FILES,
    "warnings": _NO_STATE,
    "__future__": "type hints work without this line. Take it out.",
}

_NUMPY_LIKE = frozenset(["numpy", "jax", "tensorflow", "scipy"])


def restricted(path: str) -> str:
    """Why ``path`` cannot stand here, though it is listed."""
    if path in CONTEXTS:
        return _CONTEXT.format(name=path)
    return _LOADER if path == LOADER else _HINT


def builtin(name: str) -> str:
    """Why Python's own ``name`` cannot be used."""
    return _BUILTINS.get(name) or _BUILTIN.format(name=name)


def absent_module(module: str) -> str:
    """Why ``module`` cannot be imported or used."""
    return _MODULES.get(module.partition(".")[0]) or _ABSENT.format(module=module[:60])


def twin(module: str, called: str) -> tuple[str, str | None]:
    """Why ``called`` of the absent ``module`` is not here, and PyTorch's own, if it has one.

    >>> twin("numpy", "linalg.norm")[1]
    'torch.linalg.norm'
    """
    if module.partition(".")[0] not in _NUMPY_LIKE:
        return absent_module(module), None
    for name in (called, called.rpartition(".")[2]):
        parent, _, last = name.rpartition(".")
        path = ".".join(filter(None, ["torch", parent, in_torch(last)]))
        if path not in WORDS and resolves(path) and called not in _OTHER_ARGUMENTS:
            return _TWIN.format(path=f"{module}.{called}", twin=path), path
    return absent_module(module), None


# The same name with other arguments, or another meaning.
_OTHERS = """
    random.randint random.choice random.uniform nn.softmax data.Dataset random.permutation
"""
_OTHER_ARGUMENTS = frozenset(_OTHERS.split())


def not_in_module(module: str, name: str, written: str) -> tuple[str, str | None]:
    """Why ``name`` of the listed ``module`` is not here, and what is written instead, if anything.

    ``written`` is the module as the text writes it.
    """
    path = f"{module}.{name}"[:80]
    if module.startswith("torch"):
        if name in _PATHS:
            return _PATHS[name], None
        if name.startswith(("set_", "use_", "autocast")):
            return _NO_STATE, None
    if module.startswith("torch.cuda"):
        return ATTRIBUTES["cuda"], None
    for other in ("torch", "torch.nn.functional", "torch.nn", "torch.optim"):
        if module.startswith("torch") and name in WORDS[other]:
            return _TWIN.format(path=path, twin=f"{other}.{name}"), f"{other}.{name}"
    if close := _closest(name, WORDS[module]):
        reason = _CLOSE.format(path=f"{written}.{name}"[:80], close=f"{written}.{close}")
        return reason, f"{written}.{close}"
    return _NOT_LISTED.format(path=f"{written}.{name}"[:80]), None


def _closest(name: str, known: frozenset[str]) -> str:
    """The word that ``name`` is most like: the same in other letters, or nearly the same."""
    same = [word for word in sorted(known) if word.lower() == name.lower()]
    close = same or (get_close_matches(name, sorted(known), n=1, cutoff=0.85) if name[3:] else [])
    return close[0] if close else ""
