"""run.py test_layers: one file of tests in a QGIS of its own, left without tearing QGIS down, which may crash."""
from __future__ import annotations

import os
import sys
import unittest

result = unittest.TextTestRunner(verbosity=2).run(unittest.defaultTestLoader.loadTestsFromName(sys.argv[1]))
sys.stdout.flush()
sys.stderr.flush()
os._exit(0 if result.wasSuccessful() else 1)
