"""The small panel beside the working layers: what to do, and the buttons that send."""
from __future__ import annotations

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QDockWidget, QHBoxLayout, QLabel, QMessageBox, QPushButton, QVBoxLayout, QWidget

from ...core.words import say


class ZonesPanel(QDockWidget):
    """Buttons of a lake's zones. `closed`: its close button was pressed."""

    closed = pyqtSignal()

    def __init__(self, lake_name: str) -> None:
        super().__init__(say('Rivage: zones of {name}', 'Rivage : zones de {name}').format(name=lake_name))
        self.setObjectName('RivageZones')
        hint = QLabel(say('Draw with QGIS’s own tools, then send. Nothing changes at the service before.',
                          'Dessinez avec les outils de QGIS, puis envoyez. Rien ne change avant dans le service.'))
        hint.setWordWrap(True)
        self.send_zones = _button('rivageSendZones', say('Send zones', 'Envoyer les zones'))
        self.send_shoreline = _button('rivageSendShoreline', say('Send shoreline', 'Envoyer la rive'))
        self.read_again = _button('rivageReadZones', say('Read again', 'Relire'))
        self.read_again.setToolTip(say('Reads what the service has now; what you drew stays beside it',
                                       'Relit ce que le service a maintenant ; vos dessins restent à côté'))
        self.discard = _button('rivageDiscardZones', say('Discard', 'Abandonner'))
        self.discard.setToolTip(say('Takes the working layers away', 'Retire les couches de travail'))
        box = QWidget()
        column = QVBoxLayout(box)
        column.addWidget(hint)
        for pair in ((self.send_zones, self.send_shoreline), (self.read_again, self.discard)):
            row = QHBoxLayout()
            for button in pair:
                row.addWidget(button)
            column.addLayout(row)
        column.addStretch(1)
        self.setWidget(box)
        box.setMinimumHeight(box.sizeHint().height())

    def set_busy(self, busy: bool) -> None:
        """While something is sent, nothing else is."""
        for button in (self.send_zones, self.send_shoreline, self.read_again, self.discard):
            button.setEnabled(not busy)

    def closeEvent(self, event) -> None:  # noqa: N802 - Qt's name
        event.accept()
        self.closed.emit()


def ask_to_discard(parent: QWidget, on_yes) -> None:
    """Asks before drawn work goes, without making QGIS wait."""
    text = say('What you drew and did not send will be gone. Discard it?',
               'Ce que vous avez dessiné sans l’envoyer sera perdu. L’abandonner ?')
    box = QMessageBox(QMessageBox.Icon.Question, 'Rivage', text, QMessageBox.StandardButton.NoButton, parent)
    box.setObjectName('rivageConfirmDiscard')
    discard = box.addButton(say('Discard', 'Abandonner'), QMessageBox.ButtonRole.DestructiveRole)
    box.addButton(say('Cancel', 'Annuler'), QMessageBox.ButtonRole.RejectRole)

    def finish(_code: int) -> None:
        chosen = box.clickedButton()
        box.deleteLater()
        if chosen is discard:
            on_yes()

    box.finished.connect(finish)
    box.open()


def _button(name: str, text: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    return button
