#!/bin/sh
# From the labelled sets (CHANCERY_DATA, default ../../shared/data) to models/reader.chm. One core, about four hours and a half.
# WITHOUT_POLNEAR=1 leaves out the texts that carry no licence. SHORTER=100 takes a hundredth of the steps: weights of no use, to see that every stage runs;
# WORK and OUT (default work, ../models/reader.chm) say where things go. CHANCERY: the program, which cuts the texts into tokens.
set -e
cd "$(dirname "$0")"
export OMP_NUM_THREADS=1
W=${WORK:-work}; OUT=${OUT:-../models/reader.chm}; export CHANCERY_WORK="$W"
PY=.venv/bin/python
steps() { echo $(($1 / ${SHORTER:-1})); }
mkdir -p "$W"
# 1. a first reader: EWT, GUM, CrossNER
$PY train.py --out "$W/v1.pt" --steps "$(steps 1800)" --stop "$(steps 1200)" --eval-every 600 --sources ewt,gum,crossner
# 2. silver names on EWT, typed by the first reader
$PY silver.py "$W/v1.pt" "$W/silver.jsonl"
# 3. the second reader: on from the first one, with re3d and MEANTIME; better silver from it
$PY train.py --out "$W/v2.pt" --from "$W/v1.pt" --silver "$W/silver.jsonl" --steps "$(steps 3400)" --stop "$(steps 1600)" --lr 1.2e-4 --head-lr 1e-3 --warm 0.03 --sources ewt,gum,crossner,re3d,meantime
$PY silver.py "$W/v2.pt" "$W/silver2.jsonl"
# 4. the reader: all sources, down to a learning rate of nothing
$PY train.py --out "$W/v3.pt" --from "$W/v2.pt" --silver "$W/silver2.jsonl" --swaps --steps "$(steps 2000)" --lr 8e-5 --head-lr 8e-4 --warm 0.02 --names-weight 1.5
# 5. all heads at once: also who said what (PolNeAR) and who is who
$PY joint.py --out "$W/v4.pt" --from "$W/v3.pt" --silver "$W/silver2.jsonl" --steps "$(steps 5400)" ${WITHOUT_POLNEAR:+--without-polnear}
# 6. two more rounds of PolNeAR with half of the rest
[ -n "$WITHOUT_POLNEAR" ] || $PY joint.py --out "$W/v5.pt" --from "$W/v4.pt" --again --rest 0.5 --silver "$W/silver2.jsonl" --steps "$(steps 2300)" --lr 7e-5 --head-lr 6e-4 --seed 11
# 7. the engine's file: the mean of the last three (the trees of v3 are a little better), scored with the engine's arithmetic
if [ -n "$WITHOUT_POLNEAR" ]
then $PY export.py "$W/v4.pt" "$OUT" --name "chancery reader 3 without PolNeAR" --caution 1.5 --blend "$W/v3.pt" 0.16
else $PY export.py "$W/v5.pt" "$OUT" --name "chancery reader 3" --caution 1.5 --blend "$W/v4.pt" 0.34 --blend "$W/v3.pt" 0.16
fi
$PY reference.py "$OUT" --score
