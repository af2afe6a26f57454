#!/usr/bin/env python3
"""Word errors of a recording, by Debian's pocketsphinx with its default English model.

    word_errors.py BIN TRANSCRIPT.txt RECORDING.wav...   against the text that was read
    word_errors.py BIN --like ORIGINAL.wav RECORDING.wav...
                                                         against what it understands of the original

BIN is the folder of speech_measure, which converts to the recogniser's 16 kHz. Prints one JSON line
a recording. The recogniser misunderstands a third of clean read speech, so only differences to the
clean recording say something; and a millisecond more or less before the speech changes its mind about
whole sentences, so a rate is the mean of several starts. packaging/setup --bench installs it; nothing
else needs it.
"""

import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

RATE = 16000
RECOGNISER = "pocketsphinx_continuous"
STARTS = (0, 51, 107)  # samples at RATE that are left out before the speech


def is_installed():
    return shutil.which(RECOGNISER) is not None


def words_of(text):
    return re.findall(r"[a-z']+", text.lower())


def understood(bin_folder, wav, start=0):
    """The words that the recogniser hears in a WAV of any rate."""
    with tempfile.TemporaryDirectory() as folder:
        raw = pathlib.Path(folder) / "speech.raw"
        subprocess.run([pathlib.Path(bin_folder) / "speech_measure", "--raw", str(RATE), wav, raw], check=True)
        raw.write_bytes(raw.read_bytes()[2 * start:])
        heard = subprocess.run(
            [RECOGNISER, "-infile", raw, "-logfn", "/dev/null"], check=True, stdout=subprocess.PIPE, text=True
        )
    return words_of(heard.stdout)


def errors_between(wanted, heard):
    """Substitutions, insertions and deletions that make `heard` of `wanted` (Levenshtein)."""
    row = list(range(len(heard) + 1))
    for i, word in enumerate(wanted, 1):
        before, row[0] = row[0], i
        for j, other in enumerate(heard, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (word != other))
    return row[-1]


def word_error_rate(wanted, heard):
    """Percent; may exceed 100 when words were invented."""
    return 100 * errors_between(wanted, heard) / max(1, len(wanted))


def word_error_rate_of(bin_folder, wanted, wav):
    return sum(word_error_rate(wanted, understood(bin_folder, wav, start)) for start in STARTS) / len(STARTS)


def main():
    if len(sys.argv) < 4:
        print(__doc__)
        return 2
    if not is_installed():
        print(f"word_errors: {RECOGNISER} is not installed (packaging/setup --bench)", file=sys.stderr)
        return 1
    bin_folder, source, *recordings = sys.argv[1:]
    if source == "--like":
        wanted = understood(bin_folder, recordings.pop(0))
    else:
        wanted = words_of(pathlib.Path(source).read_text())
    for recording in recordings:
        rate = word_error_rate_of(bin_folder, wanted, recording)
        print(json.dumps({"file": recording, "words": len(wanted), "word_error_rate": round(rate, 1)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
