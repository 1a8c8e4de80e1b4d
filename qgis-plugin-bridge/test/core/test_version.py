"""Plugin and service fit when major and minor are equal."""
from __future__ import annotations

import re
import unittest

from rivage.core.version import read_version, say_mismatch


class Versions(unittest.TestCase):
    def test_the_plugin_knows_its_own_version(self) -> None:
        self.assertRegex(read_version(), re.compile(r'^\d+\.\d+\.\d+'))

    def test_patches_fit(self) -> None:
        self.assertIsNone(say_mismatch('1.4.0', '1.4.9'))
        self.assertIsNone(say_mismatch('1.4.0', '1.4.0-beta.2'))

    def test_the_older_one_is_named_with_what_to_do(self) -> None:
        self.assertIn('The service (1.9.3) is older', say_mismatch('1.10.0', '1.9.3') or '')
        self.assertIn('The plugin (1.9.0) is older', say_mismatch('1.9.0', '2.0.0') or '')

    def test_what_is_no_version_is_left_alone(self) -> None:
        self.assertIsNone(say_mismatch('1.4.0', 'nightly'))
