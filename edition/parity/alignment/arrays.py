"""The arrays that turns are kept in."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Reals = NDArray[np.float64]
Bits = NDArray[np.uint64]
