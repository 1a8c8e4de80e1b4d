"""
A stage in the real QGIS desktop: a play is a generator whose `yield` waits, and the stage writes what happened.

    def play(stage):
        stage.click('rivageProcess')
        yield stage.until(lambda: ..., 60)

RIVAGE_STAGE: folder for the report and for the requests to whoever runs the service. RIVAGE_SHOTS: pictures.
"""
from __future__ import annotations

import json
import os
import sys
import threading
import time
import traceback
from pathlib import Path
from typing import Any, Callable, Generator

from qgis.core import QgsApplication, QgsProject
from qgis.PyQt.QtCore import QPoint, Qt, QTimer
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QWidget
from qgis.utils import iface

FOLDER = Path(os.environ['RIVAGE_STAGE'])
SHOTS = Path(os.environ['RIVAGE_SHOTS']) if os.environ.get('RIVAGE_SHOTS') else None
BEAT_MS = 5
Play = Callable[['Stage'], Generator]


def starved_s() -> float:
    """
    How long this thread was ready to run and a busy machine gave it no CPU, s since it began.

    Source: Documentation/scheduler/sched-stats.rst of Linux, second figure of schedstat.
    """
    stat = Path('/proc/thread-self/schedstat')
    return int(stat.read_text().split()[1]) / 1e9 if stat.exists() else 0.0


class Stage:
    """
    Runs a play step by step in QGIS's own event loop and measures how long that loop was ever held up.

    Time in which the machine gave it no CPU is not counted: that is the machine's doing, not the plugin's.
    """

    def __init__(self, play: Play) -> None:
        self.report: dict[str, Any] = {'scenes': [], 'messages': [], 'tracebacks': [], 'facts': {}, 'heldUpBy': {}}
        self._scene = {'name': 'start', 'ms': 0.0, 'longestGapMs': 0.0}
        self._began = self._last = time.perf_counter()
        self._starved = starved_s()
        self._condition: Callable[[], bool] = lambda: True
        self._deadline = float('inf')
        self._play = play(self)
        sys.excepthook = self._hear_exception
        iface.messageBar().widgetAdded.connect(self._hear_message)
        self._heart = QTimer()
        self._heart.timeout.connect(self._beat)
        self._steps = QTimer()
        self._steps.timeout.connect(self._step)
        threading.Thread(target=self._watch, args=(threading.get_ident(),), daemon=True).start()
        self._heart.start(BEAT_MS)
        self._steps.start(20)

    def scene(self, name: str) -> None:
        """What follows has a name: its time and the longest pause of the event loop are reported."""
        self._close_scene()
        self._scene = {'name': name, 'ms': 0.0, 'longestGapMs': 0.0}
        self._began = self._last = time.perf_counter()

    def until(self, condition: Callable[[], bool], seconds: float = 30) -> None:
        """To be yielded: the play goes on when the condition holds, and fails when it does not within the time."""
        self._condition, self._deadline = condition, time.perf_counter() + seconds

    def pause(self, seconds: float) -> None:
        """To be yielded: lets QGIS run for a while."""
        end = time.perf_counter() + seconds
        self.until(lambda: time.perf_counter() >= end, seconds + 10)

    def drawn(self) -> None:
        """To be yielded: until the map is drawn."""
        canvas = iface.mapCanvas()
        canvas.refresh()
        begun = time.perf_counter()
        self.until(lambda: time.perf_counter() - begun > 0.2 and not canvas.isDrawing(), 60)

    def find(self, name: str) -> QWidget:
        """A widget by its object name, in any window. The search, some 20 ms, is not counted as the plugin's."""
        began = time.perf_counter()
        tops = QApplication.topLevelWidgets()
        every = (top if top.objectName() == name else top.findChild(QWidget, name) for top in tops)
        found = next((widget for widget in every if widget is not None), None)
        self._last += time.perf_counter() - began
        if found is None:
            raise LookupError(f'there is no widget {name}')
        return found

    def sees(self, name: str) -> bool:
        """Whether a widget is there and shown."""
        try:
            return self.find(name).isVisible()
        except LookupError:
            return False

    def heard(self, scene: str) -> bool:
        """Whether the plugin put anything into the message bar during a scene."""
        return any(said['scene'] == scene and said['title'] == 'Rivage' for said in self.report['messages'])

    def click(self, name: str) -> None:
        """Presses a button as a person does, once the loop is idle: a dialog that it opens does not stop the play."""
        button = self.find(name)
        if not button.isEnabled():
            raise AssertionError(f'{name} is not enabled')
        QTimer.singleShot(0, lambda: QTest.mouseClick(button, Qt.MouseButton.LeftButton))

    def click_at(self, widget: QWidget, u: float, v: float) -> None:
        """Clicks at pixels of a widget."""
        QTest.mouseMove(widget, QPoint(round(u), round(v)))
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(round(u), round(v)))

    def shoot(self, name: str, widget: QWidget | None = None) -> None:
        """Keeps a picture of a window, of QGIS's main window unless told."""
        if SHOTS is not None:
            SHOTS.mkdir(parents=True, exist_ok=True)
            (widget or iface.mainWindow()).grab().save(str(SHOTS / f'{name}.png'))
            self._last = time.perf_counter()  # the camera's own time is not the plugin's

    def _shoot_all(self) -> None:
        for window in QApplication.topLevelWidgets():
            if window.isVisible():
                self.shoot(f'failed-{window.objectName() or type(window).__name__}', window)

    def ask(self, what: str) -> None:
        """To be yielded: whoever runs the service does something to it, such as `kill` or `start`."""
        done = FOLDER / f'{what}.done'
        done.unlink(missing_ok=True)
        (FOLDER / f'{what}.ask').write_text('')
        self.until(done.exists, 60)

    def tell(self, name: str, value: Any) -> None:
        """Puts a fact into the report."""
        self.report['facts'][name] = value

    def _beat(self) -> None:
        now, starved = time.perf_counter(), starved_s()
        gap = now - self._last - (starved - self._starved)
        self._scene['longestGapMs'] = max(self._scene['longestGapMs'], gap * 1000 - BEAT_MS)
        self._last, self._starved = now, starved

    def _watch(self, gui_thread: int) -> None:
        """In a thread of its own: what Python code the loop was in when it was late, so that one can mend it."""
        while True:
            time.sleep(0.02)
            frame = sys._current_frames().get(gui_thread)
            if time.perf_counter() - self._last > 0.08 and frame is not None:
                calls = traceback.extract_stack(frame)[-5:]
                key = ' > '.join(f'{Path(call.filename).name}:{call.lineno} {call.name}' for call in calls)
                self.report['heldUpBy'][key] = self.report['heldUpBy'].get(key, 0) + 1

    def _step(self) -> None:
        try:
            if time.perf_counter() > self._deadline:
                raise TimeoutError(f'scene {self._scene["name"]}: what was waited for did not come')
            if not self._condition():
                return
            self._condition, self._deadline = (lambda: True), float('inf')
            next(self._play)
        except StopIteration:
            self._end(0)
        except Exception:
            self.report['tracebacks'].append(traceback.format_exc())
            self._shoot_all()
            self._end(1)

    def _hear_exception(self, kind, error, trace) -> None:
        self.report['tracebacks'].append(''.join(traceback.format_exception(kind, error, trace)))

    def _hear_message(self, _widget) -> None:
        item = iface.messageBar().currentItem()
        if item is not None:
            self.report['messages'].append({'scene': self._scene['name'], 'title': item.title(), 'text': item.text()})

    def _close_scene(self) -> None:
        self._scene['ms'] = round((time.perf_counter() - self._began) * 1000)
        self._scene['longestGapMs'] = round(self._scene['longestGapMs'])
        self.report['scenes'].append(self._scene)

    def _end(self, status: int) -> None:
        self._steps.stop()
        self._heart.stop()
        self._close_scene()
        (FOLDER / 'report.json').write_text(json.dumps(self.report, indent=1))
        QgsProject.instance().setDirty(False)
        QgsApplication.taskManager().cancelAll()
        sys.stdout.flush()
        os._exit(status)
