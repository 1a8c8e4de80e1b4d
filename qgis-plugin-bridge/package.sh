#!/bin/sh
# npm run plugin [-- FOLDER]: the plugin as QGIS installs it, a zip of the files that are committed. FOLDER: dist
set -eu
folder=$(realpath -m "${1:-dist}")
cd "$(dirname "$0")/.."
version=$(sed -n 's/^version=//p' qgis-plugin-bridge/rivage/metadata.txt)
mkdir -p "$folder"
git archive --format=zip --prefix=rivage/ -o "$folder/rivage-$version.zip" HEAD:qgis-plugin-bridge/rivage
echo "$folder/rivage-$version.zip"
