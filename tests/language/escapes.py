"""Ways out of a sandbox, as the public literature tells them and as PyTorch adds: none is accepted.

Each is valid Python, so that what refuses it is a rule and no slip of the pen. Groups are named
after what they try to reach; a line is a text of its own, and texts of several lines are separated
by ``---``.
"""

LINES = {
    "classes and their bases": r"""
().__class__
().__class__.__mro__
().__class__.__base__.__subclasses__()
().__class__.__bases__[0].__subclasses__()[40]('/etc/passwd').read()
[].__class__.__mro__[-1].__subclasses__()
''.__class__.__mro__[1].__subclasses__()
{}.__class__.__base__
(1).__class__.__class__
torch.tensor(1).__class__.__mro__
type(1).__mro__
type(1).mro()
type.mro(int)
int.mro()
print(type(1).__base__)
print(type(1).__subclasses__())
x = 1; x.__class__ = int
print(nn.Module.__subclasses__())
print(super)
super(int, 3).__init__
super().__class__
super().__init__.__func__
""",
    "making classes without a check": r"""
type("X", (), {})
type("X", (nn.Module,), {"__del__": print})
T = type
type(type(1))
type(int)("X", (), {})
type(nn.Module)("X", (nn.Module,), {})
type(*["X", (), {}])
type(x=1)
type(1, **{})
map(type, ["X"], [()], [{}])
[type][0]("X", (), {})
f = lambda t=type: t("X", (), {})
print(object.__new__)
classmethod(print)
staticmethod(print)
property(print)
""",
    "functions and their insides": r"""
print.__self__
print.__self__.eval
print.__self__.__import__('os')
sum.__self__
len.__call__.__self__
torch.tensor.__self__
torch.exp.__self__
torch.nn.functional.relu.__globals__
torch.nn.functional.relu.__globals__['os']
F.relu.__code__
F.relu.__builtins__
F.relu.__kwdefaults__
F.relu.__defaults__
F.relu.__closure__
F.relu.__wrapped__
F.relu.__module__
(lambda: 0).__globals__
(lambda: 0).__code__.co_consts
(lambda: 0).__code__.replace(co_code=b'')
(lambda x=(lambda: 0).__globals__: x)()
nn.Module.forward.__globals__
nn.Module.__init__.__globals__
nn.Linear(1, 1).forward.__func__.__globals__
torch.no_grad.__init__.__globals__
torch.optim.SGD.step.__globals__
math.sqrt.__self__
copy.copy.__globals__
""",
    "frames, generators and coroutines": r"""
(x for x in [1]).gi_frame
(x for x in [1]).gi_frame.f_back.f_globals
(x for x in [1]).gi_code
(x for x in [1]).gi_yieldfrom
(x for x in [1]).throw(ValueError)
(x for x in [1]).send(None)
(x for x in [1]).__next__()
g = (g.gi_frame.f_back for _ in [1])
[g for g in [(x for x in [])]][0].gi_frame.f_builtins
print(sys._getframe())
sys.exc_info()
x = 1 .__reduce_ex__(2)
""",
    "texts that are run": r"""
eval("1")
exec("1")
compile("1", "x", "exec")
print(eval)
e = eval
[eval][0]("1")
map(eval, ["1"])
sorted(["1"], key=eval)
f = lambda e=eval: e("1")
f = lambda *, e=exec: e
{k: eval for k in [1]}
(eval)("1")
x = [1][exec]
print(f"{eval('1')}")
print(f"{__import__('os')}")
breakpoint()
help()
input()
input("name")
ｅｖａｌ("1")
𝐞𝐱𝐞𝐜("1")
ｏｐｅｎ("x")
x = ().__ｃlass__
x = ().__𝐜𝐥𝐚𝐬𝐬__
print(ｇｅｔａｔｔｒ)
""",
    "what prison breakers write": r"""
license()
license._Printer__filenames
copyright
credits.__class__
quit.__class__
print(*open("/etc/passwd"))
[*open("/etc/passwd")]
a, *b = open("/etc/passwd")
exec(*[input()])
(lambda: exec)()("1")
(e := eval)("1")
[f for f in [eval]][0]("1")
{**{"f": eval}}["f"]("1")
{"f": lambda: eval}["f"]()("1")
(lambda f: f("1"))(eval)
eval if True else 0
not eval
assert eval("1")
raise eval("ValueError")
x[eval("1")]
x = "os"; __import__(x)
(lambda **k: k)(**globals())
print(f"{(lambda: eval)()}")
print(f"{globals()['x']!r:>9}")
list(map(exec, ["import os"]))
max(["1"], key=eval)
sorted([1], key=lambda k, e=exec: e("1"))
[y for y in (x.load for x in [torch])]
reversed.__class__
len.__self__.exec
min.__self__.__loader__
"".join.__self__.__class__
[].append.__self__.__class__
nn.Module.__subclasshook__
nn.Module.__init_subclass__
torch.Tensor.__reduce_ex__
torch.tensor([1]).__reduce__()
torch.tensor([1]).__setstate__(())
torch.Generator().__reduce__()
torch.Size([1]).__class__.__base__
torch.dtype.__class__
torch.no_grad.__mro__
torch.autograd.Function.__class__
torch.utils.data.Dataset.__class_getitem__
collections.abc.sys
random._os
random._os.system("id")
copy._copy_dispatch
typing.sys.modules
math.__spec__.loader
time.__loader__
""",
    "attributes by name": r"""
getattr(torch, "load")
getattr(1, "__class__")
setattr(nn.Linear, "forward", print)
delattr(nn.Linear, "forward")
hasattr(1, "__class__")
vars()
vars(torch)
dir(torch)
globals()
globals()["__builtins__"]
locals()
__builtins__
__builtins__["eval"]
__import__("os")
__loader__
__spec__
__file__
__dict__
__class__
print(__doc__)
nn.Linear(1, 1).__dict__
nn.Linear(1, 1)._modules
nn.Linear(1, 1)._forward_hooks
nn.Linear(1, 1).__getattr__("weight")
nn.Linear(1, 1).__setattr__("forward", print)
nn.Linear(1, 1).__getattribute__("forward")
nn.Linear(1, 1).get_submodule("")
nn.Linear(1, 1).get_parameter("__class__")
nn.Module.__setattr__(nn.Linear(1, 1), "x", 1)
nn.Module.__call__
torch.Tensor.__getattribute__
torch.tensor(1).__torch_function__
torch.tensor(1).__array_interface__
torch.tensor(1)._base
torch.Tensor._make_subclass
torch.Size.__new__
""",
    "formats that read attributes": r"""
"{0.__class__}".format(1)
"{0.__class__.__mro__}".format(())
"{x.__init__.__globals__}".format_map({"x": nn.Module})
str.format("{0.__class__}", 1)
str.format_map
f = "".format
"{}".format
"{0[__class__]}".format({})
"{.real}".format(1)
"{:{}}".format(1, 999999999)
"{:>999999999}".format(1)
"{_x}".format(_x=1)
x = "{}"; x.format(1)
print(f"{1:>9{1!r}99}")
map("{0.__class__}".format, [1])
print(f"{1:>999999999}")
print(f"{1:.999999999f}")
print(f"{().__class__}")
print(f"{[].__class__!r}")
print("%999999999d" % 1)
print("%*d" % (999999999, 1))
print("%.999999999f" % 1)
print("%.*f" % (99999999, 1.0))
print("a".expandtabs(999999999))
"a".translate({97: "b" * 99})
"a".encode().decode
(1).to_bytes(999999999)
""",
    "modules that are not listed": r"""
import os
import sys
import subprocess
import builtins
import importlib
import ctypes
import socket
import threading
import multiprocessing
import pickle
import gc
import random.os
from random import _os
from random import SystemRandom
import inspect
import io
import codecs
import types
import weakref
import functools
import operator
import warnings
import torch.jit
import torch.hub
import torch.multiprocessing
import torch.distributed
import torch._C
import torch.utils.cpp_extension
import torch.utils.model_zoo
import torch.utils.data.dataloader
import torch.package
import torch.serialization
import torch.nn.modules.module
import os as torch
import builtins as F
import torch, os
import torch.os
from os import system
from torch import *
from torch import load
from torch import os
from torch import _C
from torch import sys as math
from torch.nn.functional import *
from torch.nn.functional import torch
from torch.nn.functional import importlib
from torch.utils import cpp_extension
from torch.utils.data import dataloader
from torch.utils.data import get_worker_info
from torch.nn import modules
from math import __loader__
from copy import copyreg
from copy import _deepcopy_dispatch
from typing import sys
from collections import abc
from collections import namedtuple
from collections import UserDict
from torch.func import torch
from time import sleep
from . import x
from .. import x
from .os import system
from builtins import eval
from __future__ import annotations
import torch as eval
import torch as _x
import torch as __builtins__
""",
    "what torch would let out": r"""
torch.load("x")
torch.save(1, "x")
torch.os
torch.os.system("id")
torch.sys.modules
torch.importlib
torch.builtins
torch.ctypes
torch._C
torch._C._get_tracing_state()
torch.ops
torch.ops.load_library("x")
torch.classes.load_library("x")
torch.library
torch.jit.script(print)
torch.jit.load("x")
torch.compile(print)
torch.export
torch.fx
torch.hub.load("a", "b")
torch.package.PackageImporter("x")
torch.serialization.load("x")
torch.distributed.init_process_group()
torch.multiprocessing.Process
torch.utils.cpp_extension.load("x", "y")
torch.utils.data.dataloader.multiprocessing
torch.utils.data.DataLoader.__init__
torch.utils.checkpoint
torch.utils.dlpack
torch.from_file("x", size=3)
torch.from_numpy(1)
torch.frombuffer(b"", dtype=torch.int8)
torch.from_dlpack(1)
torch.classes
torch.overrides
torch.testing
torch.threading
torch.warnings
torch.nn.functional.torch
torch.nn.functional.torch.load
torch.nn.functional.importlib
torch.nn.functional.np
torch.nn.init.torch
torch.nn.init.warnings
torch.nn.modules.module.torch
torch.nn.parallel
torch.nn.DataParallel(nn.Linear(1, 1))
torch.nn.SyncBatchNorm
torch.nn.utils.parametrize
torch.optim.lr_scheduler.warnings
torch.optim.lr_scheduler.types
torch.optim.swa_utils
torch.autograd.warnings
torch.autograd.profiler
torch.autograd.graph
torch.fft.torch
torch.special.torch
torch.distributions.constraints
torch.distributions.kl.register_kl
torch.backends.cudnn
torch.cuda.memory
math.__loader__.load_module("os")
copy.copyreg
copy.weakref
nn.functional._verify_batch_size
""",
    "the state of the process": r"""
torch.set_default_dtype(torch.float64)
torch.set_default_device("meta")
torch.set_default_tensor_type(torch.DoubleTensor)
torch.set_num_threads(64)
torch.set_num_interop_threads(1)
torch.set_flush_denormal(True)
torch.set_float32_matmul_precision("medium")
torch.set_warn_always(True)
torch.set_grad_enabled(False)
torch.set_deterministic_debug_mode(1)
torch.set_anomaly_enabled(True)
torch.use_deterministic_algorithms(True)
torch.autograd.set_multithreading_enabled(False)
torch.backends.cudnn.deterministic = True
torch.backends.mps = 1
torch.distributions.Distribution.set_default_validate_args(False)
torch.default_generator
torch.autocast("cpu")
torch.no_grad()
g = torch.no_grad
torch.no_grad().__enter__()
torch.inference_mode(True)
[torch.enable_grad][0]()
torch.float32 = torch.float64
torch.manual_seed = print
torch.nn.Linear = print
torch.nn.functional.relu = print
F.relu = torch.tanh
F.relu.x = 1
nn.Linear.forward = print
nn.Linear.x = 1
nn.Module.training = False
torch.Tensor.add = print
torch.Tensor.x = 1
torch.optim.SGD.step = print
math.pi = 3
math.pi += 1
del torch.nn
del nn.Linear.forward
nn.Linear.weight: int = 3
nn.Linear.forward, x = print, 1
[nn.Linear.forward] = [print]
(*nn.Linear.forward,) = [print]
L = nn.Linear; L.forward = print
T = torch.Tensor; T.backward = print
S = torch.optim.SGD; S.step = print
for nn.Linear.forward in [print]: pass
[0 for nn.Linear.forward in [print]]
""",
    "modules as values": r"""
m = torch
m = [torch]
m = nn
m = torch.nn
m = (F, 1)
m = {"a": torch}
f = lambda m=torch: m
print(torch)
copy.deepcopy(torch)
isinstance(torch, int)
x = torch if True else nn
import typing; x = typing.Optional["1 + 1"]
from typing import Optional; print(Optional["1"])
x = torch or nn
torch[0]
torch == torch
[m for m in [torch]]
for m in [nn]: m
(m := torch)
print(f"{torch}")
f = lambda **k: k; f(m=torch)
print(*torch)
assert torch
torch = 1
import torch.nn as nn; nn = 1
from torch.nn import functional as F; F = 1
import math; math: int = 1
torch += 1
for torch in [1]: pass
(torch := 1)
[torch for torch in [1]]
f = lambda torch: torch.load
from torch import nn; f = lambda *nn: nn
del torch
""",
    "memory, processes and other learners": r"""
torch.ones(1).data_ptr()
torch.ones(1).untyped_storage()
torch.ones(1).storage()
torch.ones(1).set_(torch.ones(1))
torch.ones(1).resize_(9)
torch.ones(1).as_strided((9,), (1,))
torch.as_strided(torch.ones(1), (9,), (1,))
torch.ones(1).share_memory_()
torch.ones(1).numpy()
torch.ones(1).apply_(print)
torch.ones(1).map_(torch.ones(1), print)
torch.ones(1).record_stream(1)
torch.ones(1).pin_memory()
torch.ones(1).as_subclass(torch.Tensor)
torch.ones(1).to_sparse()
torch.sparse_coo_tensor([[9]], [1.0], (1,))
torch.ones(1).cuda()
torch.ones(1).__dlpack__()
torch.empty_strided((9,), (0,))
nn.Linear(1, 1).share_memory()
nn.Linear(1, 1).compile()
nn.Linear(1, 1).register_state_dict_post_hook(print)
torch.utils.data.DataLoader([1], num_workers=2)
torch.utils.data.DataLoader([1], 1, False, None, None, 2)
torch.utils.data.DataLoader([1], **{"num_workers": 2})
torch.utils.data.DataLoader(*[[1], 1, False, None, None, 2])
torch.utils.data.DataLoader([1], worker_init_fn=print)
torch.utils.data.DataLoader([1], multiprocessing_context="spawn")
torch.utils.data.DataLoader([1], num_workers=n)
D = torch.utils.data.DataLoader
map(torch.utils.data.DataLoader, [[1]])
torch.utils.data.DataLoader([1]).multiprocessing_context
nn.modules.module.register_module_forward_hook(print)
torch.optim.Optimizer.register_step_pre_hook
torch.futures.Future()
time.sleep(9)
memoryview(b"x")
bytearray(9)
b"x"
print(1, file=x)
print(99999999999999999999999)
d = torch.utils.data.DataLoader([1]); d.num_workers = 4
super = 1
type = 1
def super(): pass
f = lambda super: super().__init__(num_workers=4)
type(nn.Linear(1, 1)).x = 1
f().x = 1
""",
    "names with underscores": r"""
_x = 1
__x = 1
x._y = 1
x.__y = 1
f = lambda _x: 1
f = lambda *_x: 1
f(_x=1)
f(__class__=1)
(_x := 1)
[_x for _x in [1]]
for _x in [1]: pass
x = _x
__debug__
del __name__
x.__name__ = 1
del x.y
""",
}

BLOCKS = {
    "statements": r"""
async def f():
    pass
---
async def f():
    await f()
---
async def f():
    async for x in f(): pass
---
async def f():
    async with f(): pass
---
def f():
    x = yield 1
---
def f():
    yield from f()
---
f = lambda: (yield)
---
def f():
    with torch.no_grad():
        yield 1
---
def f():
    try:
        yield 1
    except ValueError:
        pass
---
@torch.no_grad()
def f():
    yield 1
---
match 1:
    case int(real=x):
        pass
---
match torch:
    case object(load=x):
        x("f")
---
match ():
    case object(__class__=c):
        pass
---
match 1:
    case _:
        pass
---
try:
    pass
except:
    pass
---
try:
    pass
except BaseException:
    pass
---
try:
    pass
except (ValueError, KeyboardInterrupt):
    pass
---
try:
    pass
except SystemExit:
    pass
---
try:
    pass
except GeneratorExit:
    pass
---
try:
    pass
except type(ValueError()):
    pass
---
ValueError = 1
try:
    pass
except ValueError:
    pass
---
try:
    pass
except* ValueError:
    pass
---
try:
    pass
finally:
    x = 1
---
try:
    1 / 0
except ZeroDivisionError as e:
    e.__traceback__
---
try:
    1 / 0
except ZeroDivisionError as e:
    e.__traceback__.tb_frame.f_back.f_globals
---
try:
    1 / 0
except ZeroDivisionError as e:
    e.with_traceback(None)
---
try:
    torch.zeros(1).nothing_of_this_name
except AttributeError as e:
    e.obj
---
try:
    1 / 0
except Exception as e:
    e.__context__
---
try:
    1 / 0
except Exception as torch:
    torch.load("f")
---
raise SystemExit
---
raise KeyboardInterrupt()
---
raise BaseException
---
with open("f") as f:
    pass
---
with x:
    pass
---
with torch.no_grad() as torch:
    pass
---
with torch.no_grad, torch.no_grad():
    pass
---
with torch.autograd.profiler.profile():
    pass
---
c = torch.autograd.detect_anomaly()
---
with torch.autograd.graph.save_on_cpu():
    pass
---
global torch
torch = 1
---
def f():
    global print
    global eval
    eval = 1
---
def f():
    global input
    input = 1
---
import torch.nn.functional as F
def f():
    global F
    F = 1
---
for x.y in [1]:
    pass
---
for x[0] in [1]:
    pass
---
x: eval = 1
---
x: __import__("os") = 1
---
x: (lambda: 0).__globals__ = 1
---
def f(x: eval("1")):
    pass
---
def f() -> exec("1"):
    pass
---
x: (lambda D=torch.utils.data.DataLoader: D([1], num_workers=4))() = 1
---
def f(x: [D for D in [torch.utils.data.DataLoader]][0]):
    pass
---
def f(x: (T := type)):
    pass
---
def f(x: torch):
    pass
---
def f(x: nn.Linear(1, 1)) -> print(1):
    pass
""",
    "what prison breakers write in several lines": r"""
@exec
@input
class A:
    pass
---
@eval
@lambda f: "1"
def g():
    pass
---
class A:
    __getitem__ = eval
A()["1"]
---
class A:
    __class_getitem__ = exec
A["1"]
---
class A:
    __add__ = lambda self, other: other
    __call__ = exec
---
from os import *
system("id")
---
import builtins as b
b.eval("1")
---
import random
random.os.system("id")
---
import copy
copy.error.__init__.__globals__
---
import typing
typing.get_type_hints(1)
---
from collections import sys
sys.modules
---
del __builtins__
---
def f():
    return (yield)
---
def f():
    return f.__closure__[0].cell_contents
---
def f(*, k=print.__self__):
    return k
---
try:
    raise ValueError
except ValueError as e:
    print(e.__cause__, e.__suppress_context__)
---
try:
    "a" + 1
except TypeError as e:
    e.add_note("x")
---
try:
    next(g)
except StopIteration as e:
    e.with_traceback(1)
---
class A:
    def f(self):
        return self.f.__func__.__globals__
---
class A(nn.Module):
    def forward(self, x):
        return self._call_impl(x)
---
class A(nn.Module):
    def forward(self, x):
        self._modules["a"] = x
---
class A(torch.optim.Optimizer):
    def step(self):
        self.profile_hook_step(print)
---
class A(torch.autograd.Function):
    def setup_context(ctx, inputs, output):
        pass
---
for __builtins__ in [{}]:
    pass
---
with torch.no_grad():
    import os
---
if False:
    import os
---
while False:
    eval("1")
---
def f():
    class A:
        def g(self):
            return open("x")
    return A
---
x = [
    eval
    for _ in [1]
]
""",
    "functions": r"""
def __getattr__(name):
    return 1
---
def __init__():
    pass
---
def _f():
    pass
---
def f(_x):
    pass
---
def f(x=eval):
    pass
---
def f(*, x=open):
    pass
---
def f(torch):
    return torch.load
---
import torch.nn.functional as F
def f(F=1):
    pass
---
def torch():
    pass
---
def eval():
    pass
---
@eval
def f():
    pass
---
@print
def f():
    pass
---
@torch.jit.script
def f(x):
    return x
---
@torch.compile
def f(x):
    return x
---
@(lambda f: f)
def f():
    pass
---
@staticmethod
def f():
    pass
---
def d(f):
    return f
@d
def g():
    pass
---
def f():
    return f.__globals__
---
def f():
    return f.__code__
---
def f():
    import os
---
def f():
    from torch import load
---
def f():
    import torch as t
    return t
---
def f():
    import torch as t
    t = 1
---
import torch as t
import torch.nn as t
---
from torch import nn as t
t = 1
---
import torch as t
def f(t):
    return t.load("f")
---
from torch.utils.data import DataLoader as D
D([1], num_workers=4)
---
from torch.utils.data import DataLoader
make = DataLoader
---
from torch.utils.data import DataLoader
DataLoader = 1
---
from torch import no_grad
n = no_grad
---
from torch import no_grad
no_grad()
---
print(input)
input = 1
---
def f():
    print(vars)
vars = 1
---
if False:
    vars = 1
vars()
---
for input in []:
    pass
input()
---
def f(vars):
    return [vars for _ in vars]
vars()
---
def f(vars):
    class A:
        x = vars
        vars = 1
---
vars = 1
del vars
---
f = [lambda: vars][0]
vars = 1
---
[vars for vars in vars]
---
def f():
    nonlocal_ = 1
    def g():
        return locals()
    return g
""",
    "classes": r"""
class A(metaclass=type):
    pass
---
class A(type):
    pass
---
class A(torch.Tensor):
    pass
---
class A(int):
    pass
---
class A(dict):
    pass
---
class A(str):
    pass
---
class A(Exception):
    pass
---
class A(BaseException):
    pass
---
class A(torch.utils.data.DataLoader):
    pass
---
class A(nn.DataParallel):
    pass
---
class A(type(1)):
    pass
---
class A(*[nn.Module]):
    pass
---
class A(x=1):
    pass
---
class A([nn.Module][0]):
    pass
---
class A:
    pass
A = type(A)
class B(A):
    pass
---
object = 1
class A(object):
    pass
---
@print
class A:
    pass
---
class _A:
    pass
---
class torch:
    pass
---
class A:
    def __getattr__(self, name):
        return 1
---
class A:
    def __getattribute__(self, name):
        return 1
---
class A:
    def __setattr__(self, name, value):
        pass
---
class A:
    def __del__(self):
        pass
---
class A:
    def __new__(cls):
        pass
---
class A:
    def __class_getitem__(cls, x):
        pass
---
class A:
    def __init_subclass__(cls):
        pass
---
class A:
    def __set_name__(self, owner, name):
        pass
---
class A:
    def __get__(self, x, y):
        pass
---
class A:
    def __enter__(self):
        pass
    def __exit__(self, *e):
        return True
---
class A:
    def __reduce__(self):
        return print, ()
---
class A:
    def __deepcopy__(self, memo):
        pass
---
class A:
    def __torch_function__(self, *a):
        pass
---
class A:
    def __torch_dispatch__(self, *a):
        pass
---
class A:
    def __format__(self, spec):
        return "a"
---
class A:
    def __hash__(self):
        return 1
---
class A:
    def __index__(self):
        return 1
---
class A:
    def __instancecheck__(self, x):
        return True
---
class A:
    def __array__(self):
        pass
---
class A:
    def __await__(self):
        pass
---
class A:
    __slots__ = ()
---
class A:
    __match_args__ = ("x",)
---
class A:
    __getattr__ = print
---
class A:
    __class__ = int
---
class A:
    __del__ = print
---
class A:
    __init__: int = print
---
class A:
    import os
---
class A:
    def eval(self):
        return eval("1")
---
class A:
    def eval(self):
        pass
    x = eval("1")
---
class A:
    print("in a class")
---
class A:
    for x in [1]:
        pass
---
class A:
    x = [c for c in ().__class__.__mro__]
---
class A:
    x = lambda self: self.__class__
---
class A:
    def f(self):
        return __class__
---
class A:
    def f(self):
        return self.__dict__
---
class A:
    def f(self):
        self.__class__ = int
---
class A:
    def f(self):
        self._x = 1
---
class A:
    def f(self):
        return super().__getattribute__("f")
---
class A:
    def f(self):
        return super
---
class A:
    def f(self):
        return super()
---
class A:
    def f(self):
        return super(*[A, self]).f
---
class A:
    @property
    def __class__(self):
        return int
---
class A:
    @property
    def x(self):
        return 1
    @x.setter
    def x(self, v):
        pass
---
class A:
    def gi_frame(self):
        pass
(x for x in []).gi_frame
---
class A:
    gi_frame = 1
---
class A:
    def mro(self):
        pass
---
class A:
    def register_state_dict_post_hook(self):
        pass
---
class A:
    def f(self):
        self.obj = 1
---
class A:
    def f(self):
        self.numpy = 1
---
class A:
    def f(self):
        self.format = 1
---
class A:
    def f(self):
        self.storage = 1
---
class A:
    def f(self):
        self.tb_frame, self.f_back = 1, 2
---
class A:
    f_globals: int = 3
---
class A:
    def format(self):
        pass
"{0.__class__}".format(1)
---
class A(nn.Module):
    def compile(self):
        pass
---
class A(nn.Module):
    def __init__(self):
        int.__init__(self)
---
class A(nn.Module):
    def f(self):
        x = self.__init__
---
class A(nn.Module):
    def f(self):
        nn.Linear.forward = self.f
---
class A(nn.Module):
    def f(self):
        def g(other):
            other.forward = print
        g(nn.Linear)
---
class A(nn.Module):
    def f(self):
        self.register_module_forward_hook
""",
}

HARMLESS = {
    "nn = 1": "a name that nothing imported",
    "print(type(1).__name__)": "the name of a kind",
    "print(nn.Linear(1, 1).__class__.__name__)": "the same, in the older spelling",
    "print(torch.ones(1)._version)": "how often a tensor was written in place",
    "a = b = torch.ones(1)\nprint(a.data_ptr() == b.data_ptr())": "whether the memory is one",
    "def f(eval_=1):\n    return eval_": "a name that only begins like another",
    "class A:\n    def eval(self):\n        return 1": "a method that is called like a function",
    "input = torch.ones(1)\nprint(input)": "a name of the text's own",
    "def f(input):\n    return [input for _ in range(2)]": "the same, in a function",
    "try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    print(e)": "what an error says",
    "print(f'{1:>8}', '%5.2f' % 1, '{0:.1f} {name}'.format(1, name=2))": "plain formats",
    "print(f'{1:>{8}}')": "a format with a width that is computed",
    "print(id(1), hash(1), object())": "numbers that say nothing, and an empty object",
}
"""Texts that look like ways out and are none, with what each does."""

LEFT_TO_THE_RUN = """
print(f"{1:{9**9}}")
"a".ljust(999999999)
format(1, ">999999999")
math.factorial(99999)
"a" * 999999999
[0] * 999999999
9 ** 9 ** 9
list(range(999999999))
while True: pass
torch.zeros(99999, 99999)
def f(kind): return type(kind)('X', (), {})
L = nn.Linear; L.own = 1
random.seed(0)
torch.set_printoptions(precision=1)
torch.autograd.set_detect_anomaly(True)
""".strip().split("\n")
"""Texts that a check cannot judge, for what they do depends on values: the run bounds them."""

STRANGE = [
    'x = "\\ud800"',
    "x = 1\x00",
    "x = 1\x1b",
    "x = 1\u2028import os",
    "x = 1\u0085import os",
    "\N{FULLWIDTH LATIN SMALL LETTER E}val('1')",
    "x = ().\N{MATHEMATICAL BOLD SMALL M}ro",
    "# coding: utf-7\nx = ().__class__",
    "x = 9" + "9" * 5_000,
    "x = " + "(" * 200 + "1" + ")" * 200,
    "x = " + "-" * 15_000 + "1",
    "x = " + "not " * 4_000 + "1",
    "x = " + "lambda: " * 2_000 + "1",
    "x = 1" + " + 1" * 4_500,
    "x = " + "2**" * 5_000 + "2",
    "x = y" + ".T" * 9_000,
    "x = y" + "[0]" * 6_000,
    "x = y" + "()" * 9_000,
    "x = " + "[" * 9_000,
    "x = f'" + "{f'" * 300,
    "if 1:\n" + "".join(" " * n + "if 1:\n" for n in range(1, 99)) + " " * 99 + "x",
    "x = 1\n" * 4_000,
    "x = " + "1, " * 9_000,
    "x" * 200 + " = 1",
    "x = 'a' if 1 else " * 600 + "1",
    "x = {" * 60 + "}" * 60,
]
"""Characters and sizes that are no program's."""


GROUPS = {name: group.strip().split("\n") for name, group in LINES.items()} | {
    name: group.strip().split("\n---\n") for name, group in BLOCKS.items()
}
"""Group to its texts."""
