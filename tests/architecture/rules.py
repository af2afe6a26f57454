"""The table of rooms, as data.

A room is a folder. It may include the rooms and the outside libraries that its row names; anything
else is a forbidden edge, and `why` is the sentence printed with it. ARCHITECTURE.md describes the
same table for people.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Room:
    imports: frozenset
    libraries: frozenset
    pure: bool  # below core/io: no clock, no randomness, no thread, no log
    why: str


def room(imports="", libraries="", pure=False, why=""):
    return Room(frozenset(imports.split()), frozenset(libraries.split()), pure, why)


FED_AND_DRAINED = (
    "it is a value that is fed and drained, so that the simulator can run it in virtual time"
)

CORE_TO_CLIENT = (
    "core/base core/wire core/crypto core/net core/media core/quality core/call core/client"
)

ROOMS = {
    "core/base": room(
        "", "std expected addresses", True, "everything stands on it, so it stands on nothing"
    ),
    "core/wire": room(
        "core/base", "std json", True, "what goes over the wire knows nothing of who sends it"
    ),
    "core/crypto": room(
        "core/base core/wire", "std sodium gnutls", True, "keys must be testable byte for byte"
    ),
    "core/net": room(
        "core/base core/wire core/crypto",
        "std ngtcp2 gnutls addresses",
        True,
        FED_AND_DRAINED,
    ),
    "core/media": room(
        "core/base core/wire",
        "std opus codec2 webrtc speexdsp",
        True,
        "the media path must not depend on how packets travel",
    ),
    "core/quality": room("core/base core/wire", "std", True, "decisions from numbers alone"),
    "core/call": room(
        "core/base core/wire core/crypto core/net core/quality", "std", True, FED_AND_DRAINED
    ),
    "relaylite": room(
        "core/base core/wire core/crypto core/net",
        "std",
        True,
        "the relay forwards what it cannot read: never media, never call",
    ),
    "core/client": room(
        "core/base core/wire core/crypto core/net core/media core/quality core/call",
        "std",
        True,
        FED_AND_DRAINED,
    ),
    "core/sim": room(
        CORE_TO_CLIENT + " relaylite",
        "std json",
        True,
        "the simulator's time is virtual; the world above it would bring the real one",
    ),
    "core/io": room(
        "core/base core/wire core/crypto core/net",
        "std posix addresses qt-core qt-network miniupnpc avahi",
        False,
        "io owns the world and decides nothing",
    ),
    "core/audio": room(
        "core/base core/media core/io",
        "std posix pulse qt-core qt-multimedia",
        False,
        "devices carry samples; who calls whom is not their business",
    ),
    "core/store": room(
        "core/base core/wire core/crypto core/io",
        "std posix qt-core qt-sql keychain json",
        False,
        "what is kept, apart from what is done with it",
    ),
    "relaylite/host": room(
        "core/base core/wire core/crypto core/net relaylite core/io",
        "std posix qt-core json",
        False,
        "the relay runs alone in foyer-relay, so its host knows nothing of the client",
    ),
    "core/engine": room(
        CORE_TO_CLIENT + " core/io core/audio core/store relaylite/host",
        "std posix addresses qt-core qt-network json",
        False,
        "the engine sees the relay through relaylite/host alone, and never the simulator",
    ),
    "app/foyer": room(
        "core/base core/wire core/quality core/engine",
        "std posix qt-core qt-network qt-gui qt-quick qt-widgets qt-dbus xcb qrencode zxing",
        False,
        "the program shows what the engine says; it does not reach behind it",
    ),
    "app/relay": room(
        "core/base core/wire core/crypto core/net relaylite core/io relaylite/host",
        "std posix qt-core qt-network json",
        False,
        "foyer-relay runs on servers: never engine, audio or store",
    ),
    "app/ctl": room(
        "core/base", "std posix qt-core qt-network", False, "foyerctl only speaks to a socket"
    ),
    "app/lab": room(
        CORE_TO_CLIENT
        + " relaylite core/sim core/io core/audio core/store relaylite/host core/engine",
        "std posix addresses qt-core qt-network json",
        False,
        "foyer-lab measures what the programs are made of",
    ),
}

# Files that may use a library their room as a whole may not, or the other way round.
ONLY_IN_FILES = {
    ("core/io", "miniupnpc"): (
        r"core/io/port_mapper_upnp\.(h|cpp)$",
        "miniupnpc blocks, so one file with a thread of its own calls it",
    ),
    ("app/foyer", "xcb"): (
        r"app/foyer/x11_keyboard\.(h|cpp)$",
        "the window runs on Wayland as well; what X11 alone has stays in one place",
    ),
    ("app/foyer", "qrencode"): (
        r"app/foyer/qr_code\.(h|cpp)$",
        "one item draws QR codes; everything else shows it",
    ),
    ("app/foyer", "zxing"): (
        r"app/foyer/qr_reader\.(h|cpp)$",
        "pictures come from anybody; one file bounds them before they are read",
    ),
    # core/io is plain threads; one pair of files hands values over to Qt.
    ("core/io", "qt-core"): (
        r"core/io/(qt_[a-z_]+)\.(h|cpp)$",
        "core/io runs plain threads that the thread sanitizer can judge; only its qt_… files "
        "hand values over to Qt",
    ),
    ("core/io", "qt-network"): (
        r"core/io/(qt_[a-z_]+)\.(h|cpp)$",
        "core/io runs plain threads that the thread sanitizer can judge; only its qt_… files "
        "hand values over to Qt",
    ),
}

# Outside headers, first match wins. (library, pattern of the name between the brackets)
LIBRARIES = [
    ("expected", r"tl/expected\.hpp"),
    ("json", r"nlohmann/.*"),
    ("sodium", r"sodium(\.h|/.*)"),
    ("ngtcp2", r"ngtcp2/.*"),
    ("gnutls", r"gnutls/.*"),
    ("opus", r"opus(/.*|[a-z_]*\.h)"),
    ("codec2", r"codec2/.*"),
    ("webrtc", r"webrtc/.*|modules/audio_processing/.*"),
    ("speexdsp", r"speex/.*"),
    ("pulse", r"pulse/.*"),
    ("avahi", r"avahi-(client|common|core)/.*"),
    ("miniupnpc", r"miniupnpc/.*"),
    ("xcb", r"xcb/.*"),
    ("qrencode", r"qrencode\.h"),
    ("zxing", r"ZXing/.*"),
    ("keychain", r"(qt6?keychain/)?keychain\.h"),
    ("qt-sql", r"(QtSql/.*|QSql\w*)"),
    ("qt-multimedia", r"(QtMultimedia/.*|QAudio\w*|QMedia\w*|QSoundEffect)"),
    ("qt-dbus", r"(QtDBus/.*|QDBus\w*)"),
    ("qt-widgets", r"(QtWidgets/.*|QApplication|QSystemTrayIcon|QMenu\w*|QWidget\w*|QAction\w*|QMessageBox)"),
    ("qt-quick", r"(QtQml/.*|QtQuick\w*/.*|QQml\w*|QQuick\w*|QJS\w+)"),
    ("qt-network", r"(QtNetwork/.*|Q(Tcp|Udp|Local|Network|Host|Ssl)[A-Z]\w*|QAbstractSocket)"),
    ("qt-gui", r"(QtGui/.*|QGui\w*|QWindow\w*|QImage\w*|QPixmap\w*|QPainter\w*|QIcon\w*|QColor\w*|QFont\w*|"
               r"QScreen|QClipboard|QDesktopServices|QStyleHints|QPalette|QKey\w*|QAccessible\w*|"
               r"QSurface\w*|QCursor|QPen|QBrush|QAction)"),
    ("qt-core", r"(QtCore/.*|Q[A-Z]\w*)"),
    # Shapes of addresses and their text; what opens a socket is posix.
    ("addresses", r"(arpa/inet|netinet/in|netinet/ip6?|sys/socket)\.h"),
    ("posix", r"(sys|linux|net|netinet)/\w+\.h"),
    ("posix", r"(unistd|fcntl|poll|pthread|sched|signal|dirent|pwd|grp|netdb|ifaddrs|dlfcn|malloc|syslog|termios|"
              r"time|getopt|spawn|semaphore|endian|byteswap)\.h"),
    ("std", r"[a-z_0-9]+"),
    ("std", r"(assert|ctype|errno|float|inttypes|limits|math|stddef|stdint|stdio|stdlib|string)\.h"),
]

# Standard headers that carry a world inside.
WORLDLY_STANDARD_HEADERS = {
    "thread": "a thread",
    "mutex": "a lock",
    "shared_mutex": "a lock",
    "condition_variable": "a lock",
    "future": "a thread",
    "semaphore": "a lock",
    "latch": "a lock",
    "barrier": "a lock",
    "stop_token": "a thread",
    "iostream": "a log",
    "fstream": "a file",
    "filesystem": "a file",
    "ctime": "a clock",
    "syncstream": "a log",
    "print": "a log",
}

# What a room below core/io must not say, comments and string literals taken away.
WORLDLY_WORDS = [
    ("a clock", r"\b(?:steady_clock|system_clock|high_resolution_clock|utc_clock|file_clock)\s*::\s*now\b"),
    ("a clock", r"\b(?:clock_gettime|gettimeofday|timespec_get|ftime)\s*\("),
    ("a clock", r"(?<![\w.>])(?:std\s*::\s*|::)?time\s*\(\s*(?:NULL|nullptr|0|&\s*\w+)\s*\)"),
    ("a clock", r"\bstd\s*::\s*clock\s*\("),
    ("a clock", r"\b(?:QDateTime|QDate|QTime)\s*::\s*current\w*"),
    ("a clock", r"\b(?:QTimer|QElapsedTimer|QDeadlineTimer|QBasicTimer)\b"),
    ("randomness", r"\brandom_device\b"),
    ("randomness", r"(?<![\w.>])(?:std\s*::\s*)?s?rand(?:_r)?\s*\("),
    ("randomness", r"\b(?:getrandom|getentropy|arc4random\w*|gnutls_rnd|QRandomGenerator)\b"),
    ("randomness", r"\brandombytes_\w+"),
    ("randomness", r"\bcrypto_(?:box|sign|kx)_keypair\s*\("),
    ("randomness", r"\bcrypto_box_seal\s*\("),
    ("a thread", r"\bstd\s*::\s*(?:thread|jthread|async|this_thread)\b"),
    ("a thread", r"\bpthread_\w+"),
    ("a thread", r"\b(?:u|nano)?sleep(?:_for|_until)?\s*\("),
    ("a lock", r"\bstd\s*::\s*(?:\w*mutex|condition_variable\w*|lock_guard|unique_lock|scoped_lock|shared_lock|"
               r"call_once|once_flag)\b"),
    ("a log", r"\bstd\s*::\s*(?:cout|cerr|clog|wcout|wcerr)\b"),
    ("a log", r"(?<![\w.>])(?:std\s*::\s*)?(?:v?f?printf|f?puts|f?putc|putchar|perror|fwrite)\s*\("),
    ("a log", r"\b(?:qDebug|qInfo|qWarning|qCritical|qFatal|qC(?:Debug|Info|Warning|Critical)|syslog)\s*\("),
    ("a file", r"\b(?:fopen|freopen)\s*\("),
    ("the environment", r"\b(?:secure_)?getenv\s*\("),
]

# The one place that may print: it is about to abort.
MAY_PRINT = {"core/base/assert.cpp"}

# Hosts that may appear as the host of a URL: licence, standards and name spaces. Everything that
# installs something takes its source from the machine it runs on and names none.
KNOWN_URL_HOSTS = [
    r"openbox\.org",  # the name space of the demo's window manager
    r"www\.apache\.org",
    r"www\.w3\.org",
    r"(?:www\.)?rfc-editor\.org",
    r"datatracker\.ietf\.org",
    r"(?:[a-z-]+\.)?freedesktop\.org",
    r"specifications\.freedesktop\.org",
    r"keepachangelog\.com",
    r"semver\.org",
    r"(?:[a-z0-9-]+\.)*example(?:\.(?:org|com|net))?",
    r"localhost",
    r"127\.0\.0\.1",
]

# A host that serves packages, by the way such hosts are called.
REGISTRY_HOST = (
    r"(?<![\w.@-])(?:deb|ftp|security|archive|archives|mirror|mirrors|registry|proxy|packages?|pypi|index|"
    r"static|snapshot|backports)\.(?:[a-z0-9-]+\.)+(?:org|io|com|net|dev)\b"
)

# Folders of somebody's machine.
MACHINE_PATH = r"(?<![\w.$}/~-])/(?:work|root|home|Users|mnt/[a-z])/[\w.-]+"
