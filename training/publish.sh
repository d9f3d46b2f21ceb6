#!/bin/sh
# publish.sh WEIGHTS.pt FOLDER NAME: the engine's file, its fixture, in one folder (renamed into place when whole)
set -e
cd "$(dirname "$0")"
export OMP_NUM_THREADS=1
mkdir -p "$2"
.venv/bin/python export.py "$1" "$2/reader.chm.new" --name "$3"
.venv/bin/python reference.py "$2/reader.chm.new" --fixture "$2/expected.json.new"
mv "$2/reader.chm.new" "$2/reader.chm"; mv "$2/expected.json.new" "$2/expected.json"
