#!/usr/bin/env python3
"""Finds a played sound in a recording: was it heard, how late, how much like it was it?

    analyse_audio.py SOURCE.wav RECORDING.wav [--capture-started-ns N --playout-started-ns N]
                     [--earliest-ms -200] [--latest-ms 2000]

prints {"heard": …, "delay_ms": …, "similarity": …}. Envelopes of 1 ms (root of the energy) are
compared by normalised cross-correlation at each delay of the range; the best one counts. Around
it the milliseconds of the recording also begin at quarters: half a millisecond beside the source's
they would cut each pulse of a voice in two, and a good copy would look like a bad one.
`similarity` is that correlation, cut to 0..1, after each second of the source was put where it fits
best within 10 ms of the whole: a playout that follows the network lengthens and shortens sound by a
pitch period, nobody hears it, and pulses compared with the gaps between them would say otherwise.
`heard` means 0.85 or more. With the two start times (CLOCK_MONOTONIC of sample 0, from
`foyerctl stats`) the delay is mouth to ear: position in the playout minus position in the capture on
one clock. core/sim/sound_match.h is the same measure without the step by seconds.
"""

import argparse
import array
import itertools
import json
import math
import operator
import sys
import wave

HEARD_SIMILARITY = 0.85
SHORTEST_MS = 100
PHASES = 4  # starts tried within a millisecond
PIECE_MS = 1000
FOLLOWED_MS = 10  # a stretch moves sound by a pitch period, 2.5 to 10 ms


def read_wav(path):
    """Returns ([array of int16 for each channel], samples a second)."""
    with wave.open(path, "rb") as file:
        if file.getsampwidth() != 2:
            raise ValueError(f"{path}: 16-bit PCM is expected")
        samples = array.array("h", file.readframes(file.getnframes()))
        if sys.byteorder == "big":
            samples.byteswap()
        channels = file.getnchannels()
        return [samples[i::channels] for i in range(channels)], file.getframerate()


def envelope(samples, rate):
    """Root of the mean energy of successive milliseconds."""
    step = rate // 1000
    square = [sample * sample for sample in samples]
    return [
        math.sqrt(sum(square[start:start + step]) / step)
        for start in range(0, len(square) - step + 1, step)
    ]


def match(source, recording, earliest_ms, latest_ms):
    """Compares two envelopes; returns (delay in ms, similarity) or None when one holds no sound."""
    if min(len(source), len(recording)) < SHORTEST_MS:
        return None

    def sums(values):
        return [0.0, *itertools.accumulate(values)]

    sum_a, sum_b = sums(source), sums(recording)
    sum_aa, sum_bb = sums(map(operator.mul, source, source)), sums(map(operator.mul, recording, recording))
    best = None
    for shift in range(earliest_ms, latest_ms + 1):
        first, last = max(0, -shift), min(len(source), len(recording) - shift)
        count = last - first
        # Less than half of the source says nothing about the source.
        if count < max(len(source) // 2, SHORTEST_MS):
            continue
        a = sum_a[last] - sum_a[first]
        b = sum_b[last + shift] - sum_b[first + shift]
        aa = sum_aa[last] - sum_aa[first] - a * a / count
        bb = sum_bb[last + shift] - sum_bb[first + shift] - b * b / count
        if aa <= 1e-9 * count or bb <= 1e-9 * count:
            continue
        ab = sum(map(operator.mul, source[first:last], recording[first + shift:last + shift])) - a * b / count
        similarity = min(1.0, max(0.0, ab / math.sqrt(aa * bb)))
        if best is None or similarity > best[1]:
            best = (shift, similarity)
    return best


def follow(source, recording, shift):
    """Similarity of two envelopes when each piece may stand a little beside `shift`."""
    pairs = []
    for start in range(0, len(source), PIECE_MS):
        piece = source[start:start + PIECE_MS]
        best = None
        for at in range(start + shift - FOLLOWED_MS, start + shift + FOLLOWED_MS + 1):
            if at < 0 or at + len(piece) > len(recording):
                continue
            alike = correlation(piece, recording[at:at + len(piece)])
            if best is None or alike > best[0]:
                best = (alike, at)
        if best is not None:
            pairs.append((piece, recording[best[1]:best[1] + len(piece)]))
    return correlation([x for a, _ in pairs for x in a], [y for _, b in pairs for y in b])


def correlation(a, b):
    """Pearson's, cut to 0..1; 0 when one of both does not change."""
    if not a:
        return 0.0
    mean_a, mean_b = sum(a) / len(a), sum(b) / len(b)
    ab = sum(map(operator.mul, a, b)) - len(a) * mean_a * mean_b
    aa = sum(map(operator.mul, a, a)) - len(a) * mean_a * mean_a
    bb = sum(map(operator.mul, b, b)) - len(b) * mean_b * mean_b
    if min(aa, bb) <= 1e-9 * len(a):
        return 0.0
    return min(1.0, max(0.0, ab / math.sqrt(aa * bb)))


def compare(source, recording, rate, capture_started_ns=0, playout_started_ns=0, earliest_ms=-200, latest_ms=2000):
    """Compares two mono recordings; `earliest_ms` and `latest_ms` bound the delay that is reported."""
    offset_ms = round((playout_started_ns - capture_started_ns) / 1e6)
    shape = envelope(source, rate)
    found = match(shape, envelope(recording, rate), earliest_ms - offset_ms, latest_ms - offset_ms)
    if found is None:
        return {"heard": False, "delay_ms": None, "similarity": 0.0}
    coarse, shown = found[0], envelope(recording, rate)
    for phase in range(1, PHASES):
        later = envelope(recording[phase * rate // (1000 * PHASES):], rate)
        finer = match(shape, later, coarse - 2, coarse + 1)
        if finer is not None and finer[1] > found[1]:
            found, shown = (finer[0] + phase / PHASES, finer[1]), later
    similarity = max(found[1], follow(shape, shown, math.floor(found[0])))
    return {
        "heard": similarity >= HEARD_SIMILARITY,
        "delay_ms": found[0] + offset_ms,
        "similarity": round(similarity, 3),
    }


def compare_files(source_path, recording_path, **options):
    sources, rate = read_wav(source_path)
    recordings, other_rate = read_wav(recording_path)
    if rate != other_rate:
        raise ValueError(f"{source_path} has {rate} samples a second, {recording_path} {other_rate}")
    return compare(sources[0], recordings[0], rate, **options)


def main():
    parser = argparse.ArgumentParser(description="Finds a played sound in a recording.")
    parser.add_argument("source")
    parser.add_argument("recording")
    parser.add_argument("--capture-started-ns", type=int, default=0)
    parser.add_argument("--playout-started-ns", type=int, default=0)
    parser.add_argument("--earliest-ms", type=int, default=-200)
    parser.add_argument("--latest-ms", type=int, default=2000)
    options = vars(parser.parse_args())
    result = compare_files(options.pop("source"), options.pop("recording"), **options)
    print(json.dumps(result))
    return 0 if result["heard"] else 1


if __name__ == "__main__":
    sys.exit(main())
