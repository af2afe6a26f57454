"""Read speech for the benchmarks: the project's own, LibriVox from Debian's pocketsphinx-testdata
when it is installed, and whatever a folder holds that the caller names. Everything becomes 48 kHz
mono under build/speech; nothing of it is kept in the tree."""

import pathlib
import re
import shutil
import subprocess
import tempfile
import wave

RATE = 48000
LIBRIVOX = pathlib.Path("/usr/share/pocketsphinx/test/data/librivox")


class Clip:
    def __init__(self, name, samples, text=None):
        self.name = name
        self.samples = samples  # bytes, int16 little-endian
        self.text = text  # words that are read, where they are known

    @property
    def seconds(self):
        return len(self.samples) / 2 / RATE


def silence(seconds):
    return bytes(2 * round(seconds * RATE))


def write_wav(path, samples, rate=RATE):
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples)


def read_wav(path):
    with wave.open(str(path), "rb") as file:
        if (file.getnchannels(), file.getsampwidth(), file.getframerate()) != (1, 2, RATE):
            raise ValueError(f"{path}: not 48 kHz mono of 16 bits")
        return file.readframes(file.getnframes())


def part(samples, begin, end):
    """Of `samples`, the seconds from begin to end."""
    return samples[2 * round(begin * RATE): 2 * round(end * RATE)]


def converted(bin_folder, wav, work):
    with tempfile.TemporaryDirectory(dir=work) as folder:  # another run may be converting too
        raw = pathlib.Path(folder) / "converted.raw"
        subprocess.run([bin_folder / "speech_measure", "--raw", str(RATE), wav, raw], check=True)
        return raw.read_bytes()


def librivox(bin_folder, work):
    """Five passages of one reading, 25 s in all, put together, and their text."""
    transcription = (LIBRIVOX / "transcription").read_text()
    words, frames, rate = [], b"", 0
    for line in transcription.splitlines():
        text, name = re.match(r"<s>(.*)</s>\s*\((.*)\)", line).groups()
        words += text.split()
        with wave.open(str(LIBRIVOX / f"{name}.wav")) as file:
            rate = file.getframerate()
            frames += file.readframes(file.getnframes())
    joined = work / "librivox.wav"
    write_wav(joined, frames, rate)
    return Clip("librivox", converted(bin_folder, joined, work), words)


def collect(root, bin_folder, work, extra_folder=None):
    work.mkdir(parents=True, exist_ok=True)
    clips = []
    for path in sorted((root / "resources" / "speech").glob("*.wav")):
        # Each passage is said twice; once is enough.
        samples = converted(bin_folder, path, work)
        clips.append(Clip(path.stem, part(samples, 0, len(samples) / 4 / RATE)))
    for path in sorted(pathlib.Path(extra_folder).iterdir()) if extra_folder else []:
        if path.suffix == ".flac" and shutil.which("flac"):
            wav = work / f"{path.stem}.wav"
            subprocess.run(["flac", "-s", "-d", "-f", "-o", wav, path], check=True)
            clips.append(Clip(path.stem, converted(bin_folder, wav, work)))
        elif path.suffix == ".wav":
            clips.append(Clip(path.stem, converted(bin_folder, path, work)))
    if LIBRIVOX.is_dir():
        clips.append(librivox(bin_folder, work))
    return clips
