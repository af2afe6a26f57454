#!/usr/bin/env python3
"""What a call sounds like under loss and on narrow links: whole simulated calls against bars.

    bench/speech_bench.py [BIN] [--case NAME]... [--speech FOLDER] [--tier NAME] [--jobs N]
                          [--json FILE] [--rows] [--list]

BIN is the folder of foyer-lab and speech_measure, build/release/bin when not named. Each case is one
call through `foyer-lab call`: six seconds of speech to settle, then clip after clip, all under the
case's weather; the clips are cut from what was heard and compared with what was said (speech_measure),
and the words of the long one counted (bench/speech/word_errors.py, packaging/setup --bench). --speech
adds the WAV and FLAC files of a folder to the clips. --tier limits the loss cases to auto or one
tier. --rows prints rows of bench/RESULTS.md, for bench/run. The two speech-quality models that judge
Foyer from outside are not here.
"""

import argparse
import concurrent.futures
import json
import pathlib
import random
import subprocess
import sys
import time

sys.dont_write_bytecode = True
ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "bench"))
from speech import clips as speech_clips  # noqa: E402
from speech import word_errors  # noqa: E402

LEAD_SECONDS = 6  # what auto mode may take to find its way, and one more
GAP_SECONDS = 0.5
TAIL_SECONDS = 0.6  # heard after a clip's end: the delay of the call
TRACE_PACKETS = 20011  # a prime: the trace does not come round at the same words
MOST_PAYLOAD_KBPS = 32


def bursty(loss, mean_burst, seed):
    """The two-state model of Gilbert: a trace of 0 and 1 with that mean loss and burst length."""
    source = random.Random(seed)
    leave = 1 / mean_burst
    enter = leave * loss / (1 - loss)
    trace, is_lost = [], False
    for _ in range(TRACE_PACKETS):
        is_lost = source.random() < (1 - leave if is_lost else enter)
        trace.append("1" if is_lost else "0")
    return "\n".join(trace) + "\n"


def independent(loss, seed):
    source = random.Random(seed)
    return "".join("1\n" if source.random() < loss else "0\n" for _ in range(TRACE_PACKETS))


class Loss:
    """A case of the loss table. `known` is ESTOI of the best recovery by design/audio-notes."""

    def __init__(self, name, trace, known, estoi=None, buffer_ms=80, tiers=("auto", "good"), words=False, payload=MOST_PAYLOAD_KBPS):
        self.name, self.trace, self.known, self.estoi, self.buffer_ms = name, trace, known, estoi, buffer_ms
        self.tiers, self.words, self.payload = tiers, words, payload


LOSS_CASES = [
    Loss("clean-64k", None, 0.995, estoi=0.98, tiers=("studio64",), payload=None),
    Loss("clean-24k", None, 0.983, estoi=0.96, tiers=("good",), words=True),
    Loss("clean-auto", None, 0.983, tiers=("auto",), words=True),
    Loss("random-10", independent(0.1, 1), 0.925),
    Loss("random-20", independent(0.2, 2), 0.921, estoi=0.91),
    Loss("random-30", independent(0.3, 3), 0.911),
    Loss("random-40", independent(0.4, 4), 0.889, words=True),
    Loss("bursts-3", bursty(0.2, 3, 5), 0.900),
    Loss("bursts-6", bursty(0.2, 6, 6), 0.841, buffer_ms=120),
]

# Bars of the tiers on the wire, kb/s; None: shown only.
TIER_BARS = {
    "studio64": 110, "studio48": None, "studio32": None, "good": 58, "low": None,
    "degraded": 17, "catastrophic": 7, "codec2-3200": None,
}


class Bench:
    def __init__(self, options):
        self.options = options
        self.bin = pathlib.Path(options.bin).resolve()
        self.work = ROOT / "build" / "speech"
        self.clips = speech_clips.collect(ROOT, self.bin, self.work / "clips", options.speech)
        self.has_words = word_errors.is_installed()
        self.input = self.work / "all.wav"
        self.places = self.put_together()
        self.rows, self.words, self.failed = [], {}, 0

    def put_together(self):
        """All clips in one input, each with the place at which it begins."""
        joined = speech_clips.part(self.clips[0].samples, 0, LEAD_SECONDS)
        joined += speech_clips.silence(LEAD_SECONDS - len(joined) / 2 / speech_clips.RATE)
        places = []
        for clip in self.clips:
            places.append(len(joined) / 2 / speech_clips.RATE)
            joined += clip.samples + speech_clips.silence(GAP_SECONDS)
            speech_clips.write_wav(self.work / f"{clip.name}.wav", clip.samples)
        speech_clips.write_wav(self.input, joined + speech_clips.silence(TAIL_SECONDS))
        return places

    def call(self, name, scenario, sound=None, other_sound=None):
        """Runs one call; its report, and the file of what was heard at B."""
        folder = self.work / "runs"
        folder.mkdir(parents=True, exist_ok=True)
        paths = {kind: folder / f"{name}.{kind}" for kind in ("scenario.json", "out.wav", "report.json")}
        paths["scenario.json"].write_text(json.dumps(scenario, indent=1))
        for path in (paths["out.wav"], paths["report.json"]):
            path.unlink(missing_ok=True)  # of an earlier run
        command = [self.bin / "foyer-lab", "call", paths["scenario.json"], "--report", paths["report.json"]]
        if sound:
            command += ["--in", sound, "--out", paths["out.wav"]]
        if other_sound:
            command += ["--in2", other_sound]
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        if not paths["report.json"].exists() or done.returncode not in (0, 1):
            raise RuntimeError(f"{name}: {done.stderr.strip()[:300] or 'no report'}")
        report = json.loads(paths["report.json"].read_text())
        if report.get("failed_at"):
            raise RuntimeError(f"{name}: the call failed at {report['failed_at']}")
        return report, paths["out.wav"]

    def measure(self, name, heard_wav):
        """Means over the clips, and each clip's own figures."""
        heard = speech_clips.read_wav(heard_wav)
        each = {}
        for clip, begin in zip(self.clips, self.places):
            cut = self.work / "runs" / f"{name}.{clip.name}.wav"
            speech_clips.write_wav(cut, speech_clips.part(heard, begin, begin + clip.seconds + TAIL_SECONDS))
            done = subprocess.run(
                [self.bin / "speech_measure", self.work / f"{clip.name}.wav", cut], stdout=subprocess.PIPE, text=True
            )
            each[clip.name] = json.loads(done.stdout) if done.returncode == 0 else {}
        means = {}
        for figure in ("estoi", "estoi_one_delay", "lsd_8k_db", "lsd_full_db", "delay_ms"):
            means[figure] = sum(one.get(figure, 0) for one in each.values()) / len(each)
        return means, each

    def word_error_rate(self, name):
        """Percent of the words of the clips whose text is known; None without them."""
        runs = self.work / "runs"
        rates = [
            word_errors.word_error_rate_of(self.bin, clip.text, runs / f"{name}.{clip.name}.wav")
            for clip in self.clips
            if clip.text and self.has_words
        ]
        return sum(rates) / len(rates) if rates else None

    def row(self, case, checks, **figures):
        """`checks` are (what, value, bar, is met)."""
        self.rows.append({"case": case, "checks": checks, **figures})
        if self.options.rows:
            print(json.dumps(result_row(self.rows[-1]), ensure_ascii=False), flush=True)
        else:
            print_row(self.rows[-1])

    # The loss table ----------------------------------------------------------------------------

    def loss_case(self, case, tier):
        name = f"{case.name}-{tier}"
        way = {"delay_ms": 20}
        scenario = {"seed": 1, "tier": tier, "relay": True, "links": {"up": way, "down": {"delay_ms": 20}}}
        if case.trace:
            trace = self.work / f"{case.name}.trace"
            trace.write_text(case.trace)
            way["loss_trace"] = str(trace)
        if case.payload:
            scenario["max_payload_kbps"] = case.payload
        report, heard = self.call(name, scenario, sound=self.input)
        means, each = self.measure(name, heard)
        figures = report["a_to_b"]
        buffer = figures["jitter_buffer_ms"]
        rate = self.word_error_rate(name) if case.words else None
        checks = []
        if case.estoi:
            checks.append(("ESTOI", f"{means['estoi']:.3f}", f">= {case.estoi}", means["estoi"] >= case.estoi))
        if case.payload and figures["payload_kbps"] is not None:
            checks.append(("payload kb/s", f"{figures['payload_kbps']:.1f}", f"<= {case.payload}", figures["payload_kbps"] <= case.payload))
        # The bar is of the delay above packet time.
        most = case.buffer_ms + figures["packet_time_ms"]
        checks.append(("buffer ms", f"{buffer['mean']:.0f}", f"<= {case.buffer_ms} + packet", buffer["mean"] <= most))
        return case, tier, checks, {"means": means, "clips": each, "way": figures, "word_error_rate": rate}

    def loss_table(self, cases):
        jobs = [(case, tier) for case in cases for tier in case.tiers if self.options.tier in (None, tier)]
        wanted = {name for case, tier in jobs if case.words for name in ["clean-24k" if tier == "good" else "clean-auto"]}
        jobs += [(c, t) for c in LOSS_CASES if c.name in wanted for t in c.tiers if (c, t) not in jobs]
        jobs.sort(key=lambda job: not job[0].name.startswith("clean"))
        for case, tier, checks, figures in self.in_parallel(self.loss_case, jobs):
            rate = figures["word_error_rate"]
            if rate is not None:
                if not case.trace:
                    self.words[tier] = rate
                elif tier in self.words:
                    most = self.words[tier] + 10
                    checks.append(("word errors %", f"{rate:.0f}", f"<= {most:.0f}", rate <= most))
            self.row(f"{case.name} {tier}", checks, known=case.known, **figures)

    def in_parallel(self, function, jobs):
        with concurrent.futures.ThreadPoolExecutor(self.options.jobs) as pool:
            for job, done in [(job, pool.submit(function, *job)) for job in jobs]:
                try:
                    yield done.result()
                except (RuntimeError, KeyError, ValueError, OSError, subprocess.CalledProcessError) as error:
                    self.failed += 1
                    print(f"FAILED {job[0] if isinstance(job[0], str) else job[0].name}: {error}", flush=True)

    # The tiers on the wire -----------------------------------------------------------------------

    def tier_case(self, tier):
        scenario = {"seed": 1, "seconds": 15, "tier": tier, "links": {"up": {"delay_ms": 20}, "down": {"delay_ms": 20}}}
        report, heard = self.call(f"tier-{tier}", scenario, sound=self.input)
        figures, bar = report["a_to_b"], TIER_BARS[tier]
        checks = []
        if bar:
            checks.append(("wire kb/s", f"{figures['wire_kbps']:.1f}", f"<= {bar}", figures["wire_kbps"] <= bar))
        return tier, checks, {"way": figures}

    def tiers(self):
        for tier, checks, figures in self.in_parallel(self.tier_case, [(tier,) for tier in TIER_BARS]):
            self.row(f"tier {tier}", checks, **figures)

    # The controller --------------------------------------------------------------------------------

    def controller_call(self, name, seconds, link, steps=(), **more):
        way = {"delay_ms": 20, **link}
        scenario = {"seed": 1, "seconds": seconds, "tier": "auto", "links": {"up": way, "down": dict(way)}, "steps": list(steps)}
        scenario.update(more)
        return self.call(name, scenario, sound=self.input, other_sound=self.input)

    def capacity(self, relay):
        """200 -> 24 -> 200 kb/s, twice down, once up."""
        steps = [{"at_s": 20, "rate_kbps": 24}, {"at_s": 50, "rate_kbps": 200}, {"at_s": 80, "rate_kbps": 24}]
        name = "capacity-relayed" if relay else "capacity-direct"
        report, _ = self.controller_call(name, 110, {"rate_kbps": 200}, steps, relay=relay)
        checks = []
        for way in ("a_to_b", "b_to_a"):
            figures = report[way]
            for step in figures["queueing_ms"]["after_steps"]:
                if step["at_s"] in (20, 80):
                    over = step["over_100_ms_for_s"]
                    checks.append((f"{way} queue over 100 ms after {step['at_s']:.0f} s", f"{over:.1f} s", "<= 3 s", over <= 3))
            good = ("good", "studio32", "studio48", "studio64")
            tier, back = figures["tier_at_start"], None
            for change in figures["tier_changes"]:
                if change["at_s"] < 50:
                    tier = change["tier"]
                elif change["tier"] in good and back is None:
                    back = change["at_s"] - 50
            if tier in good:
                back = 0
            shown = "never" if back is None else f"{back:.1f} s"
            checks.append((f"{way} good again after", shown, "<= 20 s", back is not None and back <= 20))
        return name, checks, {"way": report["a_to_b"]}

    def narrow(self):
        """24 kb/s in all and 60 ms round trip: words still understood."""
        scenario = {"seed": 1, "tier": "auto", "links": {w: {"delay_ms": 30, "rate_kbps": 24} for w in ("up", "down")}}
        report, heard = self.call("narrow-24k", scenario, sound=self.input, other_sound=self.input)
        means, each = self.measure("narrow-24k", heard)
        rate, checks = self.word_error_rate("narrow-24k"), []
        if rate is not None:
            if "good" not in self.words:
                self.words["good"] = self.loss_case(next(c for c in LOSS_CASES if c.name == "clean-24k"), "good")[3]["word_error_rate"]
            most = self.words["good"] + 20
            checks.append(("word errors %", f"{rate:.0f}", f"<= {most:.0f}", rate <= most))
        return "narrow-24k", checks, {"means": means, "clips": each, "way": report["a_to_b"], "word_error_rate": rate}

    def constant(self, kbps):
        name = f"constant-{kbps}k"
        report, _ = self.controller_call(name, 150, {"rate_kbps": kbps})
        checks = []
        for way in ("a_to_b", "b_to_a"):
            late = [change for change in report[way]["tier_changes"] if change["at_s"] >= 30]
            checks.append((f"{way} tier changes in 2 min", str(len(late)), "<= 2", len(late) <= 2))
        return name, checks, {"way": report["a_to_b"]}

    def alternating(self):
        steps = [{"at_s": second, "loss": 0.3 if second % 2 else 0} for second in range(5, 65)]
        report, _ = self.controller_call("alternating", 66, {}, steps)
        checks = []
        for way in ("a_to_b", "b_to_a"):
            times = [change["at_s"] for change in report[way]["tier_changes"]]
            least = min((b - a for a, b in zip(times, times[1:])), default=None)
            shown = f"{len(times)} changes, {'-' if least is None else f'{least:.1f} s'} apart"
            checks.append((f"{way}", shown, ">= 3 s apart", least is None or least >= 3))
        return "alternating", checks, {"way": report["a_to_b"]}

    def shared(self):
        report, _ = self.controller_call("shared-100k", 90, {"rate_kbps": 100}, calls=2)
        checks = []
        for way in ("a_to_b", "b_to_a"):
            one, two = report[way]["end_kbps"], report["second_call"][way]["end_kbps"]
            apart = abs(one - two) / max(one, two, 0.001)
            checks.append((f"{way} rates", f"{one:.0f} and {two:.0f} kb/s", "within 25 %", apart <= 0.25))
        return "shared-100k", checks, {"way": report["a_to_b"]}

    def give_back(self):
        """30 % loss from 10 to 40 s: what is sent before, in the end of it, and from 15 s after its end on."""
        payload, name = {}, "give-back"
        for at in (9, 39, 61):
            # A talk of `at` seconds ends where the question is; its last five seconds are counted.
            steps = [{"at_s": 10, "loss": 0.3}, {"at_s": 40, "loss": 0}]
            # At a fixed tier: in auto mode a better one may use the bits that became free.
            report, _ = self.controller_call(f"{name}-{at}", at, {}, [s for s in steps if s["at_s"] < at], tier="good")
            payload[at] = report["a_to_b"]["end_kbps"]
        checks = [("wire kb/s 15 to 20 s after loss", f"{payload[61]:.0f} (before {payload[9]:.0f}, in it {payload[39]:.0f})",
                   f"<= {payload[9] * 1.1:.0f}", payload[61] <= payload[9] * 1.1)]
        return name, checks, {}

    def controller(self, names):
        jobs = {
            "capacity-relayed": (self.capacity, True), "capacity-direct": (self.capacity, False), "narrow-24k": (self.narrow,),
            "constant-60k": (self.constant, 60), "constant-200k": (self.constant, 200), "alternating": (self.alternating,),
            "shared-100k": (self.shared,), "give-back": (self.give_back,),
        }
        chosen = [(name,) for name in jobs if name in names]
        for name, checks, figures in self.in_parallel(lambda name: jobs[name][0](*jobs[name][1:]), chosen):
            self.row(name, checks, **figures)


CONTROLLER_CASES = [
    "capacity-relayed", "capacity-direct", "narrow-24k", "constant-60k", "constant-200k", "alternating", "shared-100k", "give-back",
]


def result_row(row):
    """The row of bench/RESULTS.md; one for all bars of a case."""
    m, rate = row.get("means"), row.get("word_error_rate")
    reference = f"ESTOI {m['estoi']:.3f}, log-spectral distance to 8 kHz {m['lsd_8k_db']:.1f} dB" if m else ""
    reference += f" (best of the design notes {row['known']})" if row.get("known") else ""
    reference += f"; word errors {rate:.0f} %" if rate is not None else ""
    reference += f"; {described(row['way'])}" if "way" in row else ""
    return {
        "what": f"simulated call, {row['case']}",
        "bar": "; ".join(f"{what} {bar}" for what, _, bar, _ in row["checks"]) or "none",
        "figure": "; ".join(f"{what} {value}" for what, value, _, _ in row["checks"]) or "see right",
        "met": all(check[3] for check in row["checks"]),
        "reference": reference.lstrip("; "),
    }


def described(way):
    """One line about what a way did."""
    recovery = ", ".join(f"{key} {value}" for key, value in way["recovery"].items() if value)
    changes = " ".join(f"{c['at_s']:.1f}s:{c['tier']}({c['cause']})" for c in way["tier_changes"])
    buffer = way["jitter_buffer_ms"]
    payload = "?" if way["payload_kbps"] is None else f"{way['payload_kbps']:.1f}"
    return (
        f"payload {payload} kb/s, wire {way['wire_kbps']:.1f} (+ {way['ack_kbps']:.1f} other), buffer {buffer['mean']:.0f}/{buffer['p95']:.0f} ms, "
        f"packet {way['packet_time_ms']:.0f} ms; {recovery}; {way['tier_at_start']} {changes}".rstrip()
    )


def print_row(row):
    verdict = "ok    " if all(check[3] for check in row["checks"]) else "MISSED"
    if not row["checks"]:
        verdict = "      "
    print(f"{verdict} {row['case']}")
    for what, value, bar, is_met in row["checks"]:
        print(f"         {'' if is_met else '** '}{what}: {value} (bar {bar})")
    if "means" in row:
        m = row["means"]
        print(
            f"         ESTOI {m['estoi']:.3f} (one delay {m['estoi_one_delay']:.3f}; notes {row.get('known', '-')}), LSD {m['lsd_8k_db']:.2f} dB to 8 kHz, "
            f"{m['lsd_full_db']:.2f} full; delay {m['delay_ms']:.0f} ms; "
            + " ".join(f"{name} {one.get('estoi', 0):.3f}" for name, one in row["clips"].items())
        )
    if row.get("word_error_rate") is not None:
        print(f"         word errors {row['word_error_rate']:.0f} %")
    if "way" in row:
        print(f"         {described(row['way'])}")
    sys.stdout.flush()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bin", nargs="?", default=str(ROOT / "build" / "release" / "bin"))
    parser.add_argument("--case", action="append", metavar="NAME")
    parser.add_argument("--speech", metavar="FOLDER")
    parser.add_argument("--tier")
    parser.add_argument("--json", metavar="FILE")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--rows", action="store_true")
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    names = [case.name for case in LOSS_CASES] + ["tiers"] + CONTROLLER_CASES
    if options.list:
        print("\n".join(names))
        return 0
    wanted = options.case or names
    unknown = [name for name in wanted if name not in names]
    if unknown:
        parser.error(f"no such case: {', '.join(unknown)} (see --list)")
    begun = time.monotonic()
    bench = Bench(options)
    bench.loss_table([case for case in LOSS_CASES if case.name in wanted])
    if "tiers" in wanted:
        bench.tiers()
    bench.controller(wanted)
    missed = sum(not check[3] for row in bench.rows for check in row["checks"])
    print(f"{len(bench.rows)} cases, {missed} bars missed, {bench.failed} calls failed, {time.monotonic() - begun:.0f} s", file=sys.stderr if options.rows else sys.stdout)
    if options.json:
        pathlib.Path(options.json).write_text(json.dumps(bench.rows, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
