"""One statement that never ends, in another module, within a text that catches everything."""

from parts import reader

print("it waits")
try:
    reader.wait_for_ever()
except BaseException:
    print("caught")
print("never here")
