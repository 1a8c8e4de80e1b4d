"""core/ imports neither QGIS nor Qt; nothing imports Qt but through qgis.PyQt."""
from __future__ import annotations

import ast
import unittest
from pathlib import Path

PLUGIN = Path(__file__).parents[2] / 'rivage'


def imports(file: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding='utf-8'))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.add(node.module)
    return names


class Purity(unittest.TestCase):
    def test_core_imports_the_standard_library_alone(self) -> None:
        for file in (PLUGIN / 'core').glob('*.py'):
            outside = {name for name in imports(file) if name.split('.')[0] in ('qgis', 'PyQt5', 'PyQt6', 'osgeo')}
            self.assertEqual(set(), outside, file.name)

    def test_qt_comes_through_qgis_and_http_through_qgis_alone(self) -> None:
        refused = ('PyQt5', 'PyQt6', 'PySide2', 'PySide6', 'requests', 'urllib', 'http', 'socket', 'sip')
        for file in PLUGIN.rglob('*.py'):
            outside = {name for name in imports(file)
                       if name.split('.')[0] in refused and name not in ('urllib.parse',)}
            self.assertEqual(set(), outside, file.name)

    def test_files_and_functions_stay_small(self) -> None:
        for file in PLUGIN.rglob('*.py'):
            text = file.read_text(encoding='utf-8')
            self.assertLessEqual(len(text.splitlines()), 300, file.name)
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                    self.assertLessEqual(node.end_lineno - node.lineno + 1, 50, f'{file.name}: {node.name}')
