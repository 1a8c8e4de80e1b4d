"""Detects on slices by SAHI, with the network and the threads that Rivage is measured with: reads one JSON document.

usage: sahi_slices.py < {"network", "input", "decoder", "classes", "wanted", "slice", "threads", "minConfidence",
"samples", "photos": [FILE]}; prints one JSON document: by photo, seconds of each sample from the file to the boxes,
and which of them were spent in the network. Needs python3 with what requirements-sahi.txt names.

SAHI has no CenterNet, so CenternetModel is the wrapper that it asks users to write; slicing, the loop over slices,
shifting and merging are its own. Its merging is at its defaults: for a threshold below 0.1 that is NMS.
"""

import importlib.metadata
import json
import logging
import sys
import time

import cv2
import numpy as np
import onnxruntime
from sahi.models.base import DetectionModel
from sahi.predict import get_sliced_prediction
from sahi.prediction import ObjectPrediction

logging.disable(logging.WARNING)
wish = json.load(sys.stdin)


class CenternetModel(DetectionModel):
    def load_model(self):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = wish["threads"]
        options.log_severity_level = 3
        self.model = onnxruntime.InferenceSession(wish["network"], options, providers=["CPUExecutionProvider"])
        self.category_mapping = {str(i): name for i, name in enumerate(wish["classes"])}
        self.runs, self.seconds = 0, 0.0

    def perform_inference(self, image):
        width, height = wish["input"]["widthPx"], wish["input"]["heightPx"]
        self.scale = min(width / image.shape[1], height / image.shape[0])
        size = (round(image.shape[1] * self.scale), round(image.shape[0] * self.scale))
        picture = np.empty((height, width, 3), np.uint8)
        picture[:] = wish["input"]["fill"]
        picture[: size[1], : size[0]] = cv2.resize(image, size, interpolation=cv2.INTER_LINEAR)
        tensor = np.ascontiguousarray(picture.transpose(2, 0, 1)[None], dtype=np.float32)
        names = [wish["decoder"]["heatmap"], wish["decoder"]["extents"]]
        started = time.perf_counter()
        heat, extents = self.model.run(names, {wish["input"]["name"]: tensor})
        self.seconds += time.perf_counter() - started
        self.runs += 1
        self._original_predictions = self.decode(heat[0], extents[0])

    def decode(self, heat, extents):
        rows, columns = heat.shape[1:]
        stride = wish["input"]["widthPx"] / columns
        wanted = heat[wish["wanted"]]
        strong = (wanted >= self.confidence_threshold) & (wanted >= heat.max(axis=0))
        found = []
        for index, row, column in np.argwhere(strong):
            around = wanted[index, max(0, row - 1) : row + 2, max(0, column - 1) : column + 2]
            confidence = wanted[index, row, column]
            if around.max() > confidence:
                continue
            left, top, right, bottom = extents[:, row, column]
            u, v = column * stride, row * stride
            box = np.array([u - left, v - top, u + right, v + bottom]) / self.scale
            found.append((wish["wanted"][index], float(confidence), box))
        return found

    def _create_object_prediction_list_from_original_predictions(self, shift_amount_list=[[0, 0]], full_shape_list=None):
        if not isinstance(shift_amount_list[0], list):
            shift_amount_list = [shift_amount_list]
        if full_shape_list is not None and not isinstance(full_shape_list[0], list):
            full_shape_list = [full_shape_list]
        shape = full_shape_list[0] if full_shape_list else None
        width, height = (shape[1], shape[0]) if shape else (1e9, 1e9)
        predictions = []
        for category, confidence, box in self._original_predictions:
            x0, y0, x1, y1 = np.clip(box, 0, [width, height, width, height]).tolist()
            if x1 <= x0 or y1 <= y0:
                continue
            predictions.append(
                ObjectPrediction(
                    bbox=[x0, y0, x1, y1],
                    category_id=category,
                    category_name=self.category_mapping[str(category)],
                    score=confidence,
                    shift_amount=shift_amount_list[0],
                    full_shape=shape,
                )
            )
        self._object_prediction_list_per_image = [predictions]


def detect(model, photo):
    side, overlap = wish["slice"]["sidePx"], wish["slice"]["overlapRatio"]
    return get_sliced_prediction(
        photo,
        model,
        slice_height=side,
        slice_width=side,
        overlap_height_ratio=overlap,
        overlap_width_ratio=overlap,
        verbose=0,
    ).object_prediction_list


model = CenternetModel(confidence_threshold=wish["minConfidence"], device="cpu")
rows = []
for photo in wish["photos"]:
    detect(model, photo)
    row = {"seconds": [], "inNetwork": []}
    for _ in range(wish["samples"]):
        model.runs, model.seconds = 0, 0.0
        started = time.perf_counter()
        found = detect(model, photo)
        row["seconds"].append(time.perf_counter() - started)
        row["inNetwork"].append(model.seconds)
    rows.append({**row, "runs": model.runs, "found": len(found)})
print(json.dumps({"peer": f"SAHI {importlib.metadata.version('sahi')}", "rows": rows}))
