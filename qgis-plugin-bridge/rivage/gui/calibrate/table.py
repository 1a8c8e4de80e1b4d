"""The table of ground control points, as Qt shows and edits it."""
from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import QAbstractTableModel, QItemSelectionModel, QModelIndex, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QFont
from qgis.PyQt.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ...core.gcps import COLUMNS, Gcp, GcpRefused, GcpTable
from ...core.gcps_solved import Solved, SolvedPoint
from ...core.words import say, say_number

DECIMALS = {'u': 1, 'v': 1, 'x': 1, 'y': 1, 'z': 1, 'sigma_m': 2}
DEGREES = 6
RESIDUAL = len(COLUMNS)
SAMPLES = ('point-12', '1234.5', '1234.5', '968306.7', '6428002.8', '2214.5', '0.05', '✓✓', '38.2 ⚠')
"""What a cell of each column is wide enough for; a column that measured its cells at each change was slow."""
_right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
RIGHT = int(getattr(_right, 'value', _right))
"""A number in Qt 5 and in Qt 6, where flags are no numbers any more."""
OUTLIER_BACK = QColor(255, 59, 48, 60)
MISSING_BACK = QColor(255, 212, 0, 50)


class GcpModel(QAbstractTableModel):
    """The rows of a GcpTable with the residuals of the last solve. `changed`: a person or a click changed a point;
    `refused`: a cell cannot hold what was written, with what to write instead."""

    changed = pyqtSignal()
    refused = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = GcpTable()
        self.epsg = 2154
        self._solved: dict[str, SolvedPoint] = {}

    def replace(self, table: GcpTable) -> None:
        """Shows other points."""
        self.beginResetModel()
        self.table, self._solved = table, {}
        self.endResetModel()

    def refresh(self) -> None:
        """Shows what was changed in the table from elsewhere, and says so."""
        self.beginResetModel()
        self.endResetModel()
        self.changed.emit()

    def show_solved(self, solved: Solved | None) -> None:
        """Fills the residuals; None: they are not known any more."""
        self._solved = solved.points if solved else {}
        if self.table.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.table.rows) - 1, RESIDUAL))

    def solved_point(self, name: str) -> SolvedPoint | None:
        """What the last solve said of a point."""
        return self._solved.get(name)

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: N802,B008 - Qt's name and default
        return 0 if parent.isValid() else len(self.table.rows)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: N802,B008 - Qt's name and default
        return 0 if parent.isValid() else len(COLUMNS) + 1

    def headerData(self, section, orientation, role=Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802 - Qt's name
        if orientation == Qt.Orientation.Vertical:
            return section + 1 if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return _headers(self.epsg)[section][0]
        if role == Qt.ItemDataRole.ToolTipRole:
            return _headers(self.epsg)[section][1]
        return None

    def flags(self, index: QModelIndex):
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        if index.column() == COLUMNS.index('used'):
            return flags | Qt.ItemFlag.ItemIsUserCheckable
        return flags if index.column() == RESIDUAL else flags | Qt.ItemFlag.ItemIsEditable

    def data(self, index: QModelIndex, role=Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self.table.rows[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._residual(row) if column == RESIDUAL else _cell(row, COLUMNS[column], role)
        if role == Qt.ItemDataRole.CheckStateRole and column == COLUMNS.index('used'):
            return Qt.CheckState.Checked if row.used else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.TextAlignmentRole and 0 < column != COLUMNS.index('used'):
            return RIGHT
        if role == Qt.ItemDataRole.BackgroundRole:
            return self._background(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._hint(row)
        if role == Qt.ItemDataRole.FontRole and not row.used:
            font = QFont()
            font.setItalic(True)
            return font
        return None

    def _residual(self, row: Gcp) -> str:
        solved = self._solved.get(row.name)
        if not row.used or solved is None:
            return ''
        if solved.residual_px is None:
            return say('behind the camera', 'derrière l’appareil')
        return say_number(solved.residual_px, 1) + (' ⚠' if solved.is_outlier else '')

    def _background(self, row: Gcp) -> QColor | None:
        solved = self._solved.get(row.name)
        if row.used and solved is not None and solved.is_outlier:
            return OUTLIER_BACK
        return None if row.is_whole else MISSING_BACK

    def _hint(self, row: Gcp) -> str:
        solved = self._solved.get(row.name)
        if row.used and solved is not None and solved.is_outlier:
            return say('Left out of the solve: it does not agree with the others. Was it clicked on the wrong thing?',
                       'Écarté du calcul : il contredit les autres. A-t-il été cliqué au mauvais endroit ?')
        return row.missing()

    def setData(self, index: QModelIndex, value: Any, role=Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802 - Qt's name
        column = COLUMNS[index.column()] if index.column() < RESIDUAL else ''
        if role == Qt.ItemDataRole.CheckStateRole and column == 'used':
            value = Qt.CheckState(value) == Qt.CheckState.Checked
        elif role != Qt.ItemDataRole.EditRole or not column:
            return False
        try:
            self.table.write(index.row(), column, value)
        except GcpRefused as refused:
            self.refused.emit(str(refused))
            return False
        self.dataChanged.emit(self.index(index.row(), 0), self.index(index.row(), RESIDUAL))
        self.changed.emit()
        return True


def _cell(row: Gcp, column: str, role: int) -> str:
    value = getattr(row, column)
    if column == 'used' or value is None:
        return ''
    if column == 'name':
        return value
    if role == Qt.ItemDataRole.EditRole:
        return repr(value)
    in_degrees = column in ('x', 'y') and abs(value) <= 360
    return f'{value:.{DEGREES if in_degrees else DECIMALS[column]}f}'


def _headers(epsg: int) -> list[tuple[str, str]]:
    crs = f'EPSG:{epsg}'
    return [
        (say('Point', 'Point'), ''),
        ('u', say('px from the left edge of the original photo', 'px depuis le bord gauche de la photo d’origine')),
        ('v', say('px from its top edge', 'px depuis son bord supérieur')),
        ('E', say(f'East, or longitude, in {crs}', f'Est, ou longitude, en {crs}')),
        ('N', say(f'North, or latitude, in {crs}', f'Nord, ou latitude, en {crs}')),
        (say('Height', 'Alt.'), say('m, in the height system of the DEM', 'm, dans le système d’altitude du MNT')),
        ('σ', say('How well you know its place: 1 σ of each coordinate, m',
                  'La précision de sa position : 1 σ de chaque coordonnée, m')),
        ('✓', say('Unticked: it takes no part in the solve', 'Décoché : il ne sert pas au calcul')),
        (say('Residual', 'Résidu'), say('px between the click and where the solved camera sees the point',
                                        'px entre le clic et l’endroit où l’appareil calibré voit le point')),
    ]


class GcpView(QTableView):
    """The table on the screen; the Delete key takes the chosen points out. `chosen`: row, -1 for none."""

    chosen = pyqtSignal(int)
    visited = pyqtSignal(int)

    def __init__(self, model: GcpModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName('rivageGcps')
        self.setModel(model)
        self._model = model
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setAlternatingRowColors(True)
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 0.9)
        self.setFont(font)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, sample in enumerate(SAMPLES):
            title = str(model.headerData(column, Qt.Orientation.Horizontal))
            text = self.fontMetrics().horizontalAdvance(sample)
            header.resizeSection(column, max(text, header.fontMetrics().horizontalAdvance(title)) + 10)
        self._name_width = header.sectionSize(0)
        self.selectionModel().selectionChanged.connect(lambda *_: self._tell())
        self.doubleClicked.connect(lambda index: self.visited.emit(index.row()))

    def keyPressEvent(self, event) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Delete:
            self.delete_chosen()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        header = self.horizontalHeader()
        others = sum(header.sectionSize(column) for column in range(1, header.count()))
        header.resizeSection(0, max(self._name_width, self.viewport().width() - others))

    def choose(self, row: int | None) -> None:
        """Selects a row, or none."""
        if row is None:
            self.clearSelection()
        else:
            index = self._model.index(row, 0)
            self.selectionModel().select(index, QItemSelectionModel.SelectionFlag.ClearAndSelect
                                         | QItemSelectionModel.SelectionFlag.Rows)
            self.scrollTo(index)

    def delete_chosen(self) -> None:
        """Takes the selected points out."""
        rows = [index.row() for index in self.selectionModel().selectedRows()]
        if rows:
            self._model.table.delete(rows)
            self._model.refresh()
            self._tell()

    def _tell(self) -> None:
        rows = self.selectionModel().selectedRows()
        self._model.table.selected = rows[0].row() if len(rows) == 1 else None
        self.chosen.emit(rows[0].row() if len(rows) == 1 else -1)
