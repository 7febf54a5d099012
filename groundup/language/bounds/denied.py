"""What no text may call, should it ever get hold of it: what outlives a run, or leaves the app."""

from __future__ import annotations

from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any

MODULES = frozenset({"torch", "math", "random", "copy", "typing", "collections", "time"})
"""The libraries whose functions a text may call."""

_PARTS = tuple(
    f"torch.{name}"
    for name in (
        *("serialization", "hub", "jit", "_jit", "_dynamo", "_inductor", "compiler", "package"),
        *("multiprocessing", "distributed", "library", "_library", "fx", "onnx", "export"),
        *("profiler", "storage", "_ops", "ops", "classes", "overrides", "testing", "_lobpcg"),
        *("utils.cpp_extension", "utils.model_zoo", "utils._python_dispatch", "utils.tensorboard"),
        *("utils.benchmark", "utils.bottleneck", "utils.dlpack", "utils.mobile_optimizer"),
        *("ao", "quantization", "sparse", "nested", "masked", "futures", "monitor", "_prims"),
    )
)

_NAMES = frozenset(
    {
        *("set_num_threads", "set_num_interop_threads", "set_flush_denormal", "compile", "save"),
        *("load", "from_file", "share_memory", "share_memory_", "numpy", "pin_memory", "sleep"),
        *("storage", "untyped_storage", "typed_storage", "set_", "from_numpy", "frombuffer"),
        *("as_subclass", "set_default_tensor_type", "from_dlpack", "to_dlpack", "asarray"),
        *("set_autocast_enabled", "init_num_threads", "set_vital", "import_ir_module"),
        *("set_sharing_strategy", "set_multithreading_enabled", "to_mkldnn", "__setstate__"),
    }
)


def reason(function: Any) -> str:
    """Why ``function`` cannot be called; empty if it can."""
    name = getattr(function, "__name__", type(function).__name__)
    if name in _NAMES or _is_global_hook(function, name):
        return f"calls {name}, which is not here: leave it out"
    module = _module_of(function)
    if module == "builtins":
        known = isinstance(function, type) and issubclass(function, Exception)
        known = known or isinstance(function, BuiltinFunctionType | type(str.join))
        return "" if known else f"calls {name}, which is not here: leave it out"
    listed = module.split(".")[0] in MODULES and not _is_within(module)
    return "" if listed else f"calls {name} of {module}, which is not here: leave it out"


def _module_of(function: Any) -> str:
    """Where it was written; what wraps a function calls itself as that one."""
    inner = getattr(function, "__func__", function)
    if isinstance(inner, FunctionType):
        return str(inner.__globals__.get("__name__", ""))
    return getattr(function, "__module__", None) or "torch"


def _is_within(module: str) -> bool:
    return any(module == part or module.startswith(part + ".") for part in _PARTS)


def _is_global_hook(function: Any, name: str) -> bool:
    """Functions that register something for all; methods register it for their own object."""
    alone = isinstance(function, FunctionType) and not isinstance(function, MethodType)
    return alone and name.startswith("register_") and "." not in function.__qualname__
