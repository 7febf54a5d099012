"""A statement that nothing interrupts, as one long operation of a library is."""

import signal
import time

print("deaf")
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
time.sleep(600)
