"""Small made-up trees: each sin must be found where it is, and clean code must stay clean."""

import os
import tempfile

# (what it shows, {path: text}, words expected in the one finding; None = no finding)
CASES = [
    (
        "a clean edge and a clean tree",
        {
            "core/base/time.h": "#include <chrono>\n#include <tl/expected.hpp>\n",
            "core/wire/a.h": '#include "core/base/time.h"\n#include <nlohmann/json.hpp>\n',
            "core/store/a.cpp": "#include <QSqlDatabase>\n#include <qt6keychain/keychain.h>\n",
        },
        None,
    ),
    (
        "an edge upwards",
        {"core/net/a.h": "", "core/wire/a.cpp": '#include "core/net/a.h"\n'},
        ["core/wire/a.cpp:1", "core/wire may not import core/net", "who sends it"],
    ),
    (
        "the relay and media",
        {"core/media/a.h": "", "relaylite/a.cpp": '\n\n#include "core/media/a.h"\n'},
        ["relaylite/a.cpp:3", "cannot read"],
    ),
    (
        "a nested room is its own room",
        {"relaylite/host/a.h": "", "relaylite/a.cpp": '#include "relaylite/host/a.h"\n'},
        ["relaylite may not import relaylite/host"],
    ),
    (
        "the engine and the simulator",
        {"core/sim/a.h": "", "core/engine/a.cpp": '#include "core/sim/a.h"\n'},
        ["core/engine may not import core/sim"],
    ),
    (
        "the program behind the engine",
        {"core/net/a.h": "", "app/foyer/a.cpp": '#include "core/net/a.h"\n'},
        ["app/foyer may not import core/net", "reach behind"],
    ),
    (
        "an outside library in the wrong room",
        {"core/call/a.cpp": "#include <ngtcp2/ngtcp2.h>\n"},
        ["core/call may not use ngtcp2"],
    ),
    ("Qt below io", {"core/media/a.cpp": "#include <QString>\n"}, ["core/media may not use qt-core"]),
    ("Qt in io outside the bridge", {"core/io/loop.cpp": "#include <QObject>\n"}, ["only its qt_"]),
    ("Qt in io's bridge", {"core/io/qt_bridge.cpp": "#include <QObject>\n"}, None),
    ("a widget in the engine", {"core/engine/a.cpp": "#include <QSystemTrayIcon>\n"}, ["qt-widgets"]),
    ("an unknown library", {"core/engine/a.cpp": "#include <boost/asio.hpp>\n"}, ["no row"]),
    ("a relative include", {"core/net/b.h": "", "core/net/a.cpp": '#include "b.h"\n'}, ["in full"]),
    ("a header that is not there", {"core/net/a.cpp": '#include "core/net/b.h"\n'}, ["does not exist"]),
    ("an include in a comment", {"core/wire/a.cpp": '// #include "core/net/a.h"\n'}, None),
    (
        "tests are imported by nothing",
        {"tests/support/a.h": "", "core/net/a.cpp": '#include "tests/support/a.h"\n'},
        ["nothing imports tests"],
    ),
    (
        "tests may import anything",
        {"core/net/a.h": "", "tests/wire/a_test.cpp": '#include "core/net/a.h"\n#include <thread>\n'},
        None,
    ),
    ("a file in no room", {"core/stray/a.cpp": "\n"}, ["no room"]),
    ("logic in qml", {"qml/lobby/a.js": "\n"}, ["qml holds no logic"]),
    (
        "a steady clock",
        {"core/net/a.cpp": "auto n = std::chrono::steady_clock::now();\n"},
        ["steady_clock::now", "is a clock"],
    ),
    ("clock_gettime", {"core/client/a.cpp": "clock_gettime(CLOCK_MONOTONIC, &t);\n"}, ["is a clock"]),
    ("time(nullptr)", {"core/call/a.cpp": "auto t = std::time(nullptr);\n"}, ["is a clock"]),
    ("a field called time", {"core/call/a.cpp": "auto t = packet.time(0);\nauto u = mediaTime(0);\n"}, None),
    ("std::random_device", {"core/crypto/a.cpp": "std::random_device d;\n"}, ["is randomness"]),
    ("rand", {"core/sim/a.cpp": "int x = rand();\n"}, ["is randomness"]),
    ("a name that ends in rand", {"core/sim/a.cpp": "int x = operand(1); y.rand(2);\n"}, None),
    ("a key pair from the library's own source", {"core/crypto/a.cpp": "crypto_sign_keypair(p, s);\n"}, ["is randomness"]),
    ("libsodium's randomness", {"core/crypto/a.cpp": "randombytes_buf(p, 4);\n"}, ["is randomness"]),
    ("a thread", {"core/client/a.cpp": "std::thread t;\n"}, ["is a thread"]),
    ("a lock", {"core/net/a.h": "std::mutex m_lock;\n"}, ["is a lock"]),
    ("a lock's header", {"core/net/a.h": "#include <mutex>\n"}, ["a lock"]),
    ("a log", {"relaylite/a.cpp": 'std::cerr << "x";\n'}, ["is a log"]),
    ("printf", {"core/wire/a.cpp": 'std::printf("x");\n'}, ["is a log"]),
    ("snprintf is no log", {"core/wire/a.cpp": 'std::snprintf(b, 4, "x");\n'}, None),
    ("the assertion may print", {"core/base/assert.cpp": 'std::fprintf(stderr, "x");\n'}, None),
    ("a word in a comment", {"core/net/a.cpp": "// steady_clock::now() is read in io\n"}, None),
    ("a word in a literal", {"core/net/a.cpp": 'auto s = "rand()";\n'}, None),
    ("digit separators are no literals", {"core/net/a.cpp": "int a = 1'000; std::thread t; int b = 2'000;\n"}, ["is a thread"]),
    ("a clock in io is where it belongs", {"core/io/clock.cpp": "#include <ctime>\nclock_gettime(c, &t);\n"}, None),
    (
        "a link that CMake would allow",
        {"core/wire/CMakeLists.txt": "foyer_room(wire IMPORTS base net LIBS nlohmann_json::nlohmann_json)\n"},
        ["links core/wire to core/net"],
    ),
    ("a path of a machine", {"docs/a.md": "see /" + "home/someone/notes\n"}, ["somebody's machine"]),
    ("a path inside the tree", {"docs/a.md": "see build/home/a and tests/root/b\n"}, None),
    ("a host that serves packages", {"packaging/a.sh": "curl deb" + ".somewhere.org\n"}, ["serves packages"]),
    ("any other host", {"cmake/a.cmake": "set(URL https://cdn" + ".elsewhere.net/x)\n"}, ["names the host"]),
    ("a standard", {"docs/a.md": "https://www.rfc-editor.org/rfc/rfc9000\n"}, None),
    ("work left over", {"core/net/a.cpp": "// TO" + "DO: later\n"}, ["without an issue"]),
]


def run(checker):
    failures = 0
    for what, files, expected in CASES:
        with tempfile.TemporaryDirectory() as root:
            for path, text in files.items():
                full = os.path.join(root, path)
                os.makedirs(os.path.dirname(full), exist_ok=True)
                with open(full, "w", encoding="utf-8") as file:
                    file.write(text)
            findings = checker(root).run()
        if expected is None:
            good = not findings
        else:
            good = len(findings) >= 1 and any(all(word in f for word in expected) for f in findings)
        if not good:
            failures += 1
            print(f"FAILED: {what}: expected {expected}, found {findings}")
    print(f"{len(CASES)} made-up trees, {failures} judged wrongly")
    return 1 if failures else 0
