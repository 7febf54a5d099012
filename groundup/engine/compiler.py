"""Torch's compiler is imported once something compiles, and no longer with the first optimizer.

Each ``step()`` of torch.optim imports ``torch._dynamo``, to tell a compiler that runs where its
graph ends (``torch/optim/optimizer.py``); ``torch.func`` asks it to stay off. Without one, what
they call there does nothing. The import takes 35 MB and a second of a server that never compiles.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import find_spec
from threading import RLock
from types import ModuleType
from typing import Any

_NAME = "torch._dynamo"

_loading = RLock()


def postpone() -> None:
    """Let optimizers do without ``torch._dynamo``; whatever else asks for it gets it.

    Does nothing where it was imported before, or where there is no torch; imports none.
    """
    torch = find_spec("torch")
    if _NAME in sys.modules or torch is None:
        return
    if spec := PathFinder.find_spec(_NAME, torch.submodule_search_locations):
        sys.modules[_NAME] = _Postponed(spec)


class _CompiledAutograd:
    """In the place of its module ``compiled_autograd``, of which ``torch.func`` uses one thing."""

    _disable = staticmethod(nullcontext)

    def __getattr__(self, name: str) -> Any:
        return getattr(_imported().compiled_autograd, name)


class _Postponed(ModuleType):
    """In the place of ``torch._dynamo`` until something asks for more than is here."""

    compiled_autograd = _CompiledAutograd()

    def __init__(self, spec: ModuleSpec) -> None:
        super().__init__(_NAME)
        self.__spec__, self.__loader__, self.__file__ = spec, spec.loader, spec.origin

    @staticmethod
    def graph_break(msg: str = "") -> None:
        """Nothing is traced, so no graph ends."""

    @staticmethod
    def disable(function: Callable[..., Any], *_: Any, **__: Any) -> Callable[..., Any]:
        """Nothing is compiled, so ``function`` is not."""
        return function

    def __getattr__(self, name: str) -> Any:
        # Who looks through all modules, as inspect does, asks what each is, and wants none of it.
        if name.startswith("__") and name not in ("__path__", "__all__"):
            raise AttributeError(name)
        return getattr(_imported(), name)


def _imported() -> ModuleType:
    with _loading:
        # It is missing while another thread imports it.
        if isinstance(sys.modules.get(_NAME), _Postponed):
            sys.meta_path.insert(0, _Kept())
            del sys.modules[_NAME]
    return importlib.import_module(_NAME)


class _Kept(MetaPathFinder, Loader):
    """Finds the compiler's modules that are there, once more.

    An import of one of them asks the package for its path. That imports the package, and so the
    module; the import that asked would then execute the module a second time.
    """

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        is_there = fullname.startswith(f"{_NAME}.") and fullname in sys.modules
        return ModuleSpec(fullname, self) if is_there else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return sys.modules[spec.name]

    def exec_module(self, module: ModuleType) -> None:
        pass
