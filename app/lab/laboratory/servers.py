"""The programs that a laboratory runs in its namespaces: relay, coturn, miniupnpd and the wire."""

import base64
import hmac
import json
import os
import secrets
import select
import shutil
import subprocess
import time

import cables

PATIENCE_S = 20
RELAY_PORT, RELAY_TCP_PORT, TURN_PORT = 4433, 443, 3478
REALM = "foyer.lab"

UPNP_CONFIG = """ext_ifname=wan
listening_ip=lan
upnp_table_name=filter
upnp_nat_table_name=filter
enable_upnp={upnp}
enable_natpmp={pmp}
secure_mode=yes
system_uptime=no
uuid={uuid}
allow 1024-65535 {lan}.0/24 1024-65535
deny 0-65535 0.0.0.0/0 0-65535
"""

# Relays to the laboratory and nowhere else, whatever network it is started in.
TURN_CONFIG = """listening-ip={turn4}
listening-ip={second4}
listening-ip={turn6}
relay-ip={turn4}
relay-ip={turn6}
listening-port={port}
use-auth-secret
static-auth-secret={secret}
realm={realm}
denied-peer-ip=0.0.0.0-255.255.255.255
allowed-peer-ip=5.0.0.0-5.255.255.255
denied-peer-ip=::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
allowed-peer-ip=2001:db8::-2001:db8:ffff:ffff:ffff:ffff:ffff:ffff
no-cli
no-tls
no-dtls
relay-threads=1
simple-log
log-file={folder}/coturn.log
pidfile={folder}/coturn.pid
userdb={folder}/coturn.db
"""


class Died(Exception):
    """A program ended that was to run."""


class Server:
    def __init__(self, name, command, namespace, folder, speaks=False):
        """One that `speaks` says on its standard output when it serves."""
        self.name = name
        self.log = os.path.join(folder, f"{name}.log")
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(["ip", "netns", "exec", namespace, *command], stdin=subprocess.DEVNULL,
                                            stdout=subprocess.PIPE if speaks else log, stderr=log, cwd=folder)

    def first_line(self):
        """What it says when it serves."""
        ready, _, _ = select.select([self.process.stdout], [], [], PATIENCE_S)
        line = self.process.stdout.readline() if ready else b""
        if not line:
            raise Died(f"{self.name} did not start: {self.last_words()}")
        return line.decode()

    def last_words(self):
        with open(self.log, encoding="utf-8", errors="replace") as log:
            return log.read()[-400:].strip() or "it said nothing"

    def check(self):
        if self.process.poll() is not None:
            raise Died(f"{self.name} ended: {self.last_words()}")


def private_file(path, text):
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(text)
    return path


def start_relay(bin_dir, folder, options, turn=None):
    """`turn`: what start_turn() told, when the relay shall give credentials for it."""
    if turn is not None:
        options = [*options, "--config", private_file(os.path.join(folder, "relay.json"), json.dumps(
            {"turn": {"links": [turn["link"], turn["link_tcp"]], "secret_file": turn["secret"], "lifetime_s": 600}}))]
    server = Server("relay", [os.path.join(bin_dir, "foyer-relay"), "--listen", f":{RELAY_PORT}", "--tcp", str(RELAY_TCP_PORT),
                              "--data-dir", os.path.join(folder, "relay"), "--no-mdns", *options], "relay", folder, speaks=True)
    said = json.loads(server.first_line())
    if "error" in said:
        raise Died(f"foyer-relay did not start: {said['error']}")
    return server, said


def start_turn(folder, seconds):
    """coturn with a secret of this run, and a name and password that are good for so long. They are in
    no command line, only in files of the owner."""
    secret = secrets.token_urlsafe(24)
    # Time-limited credentials as coturn and the draft for a TURN REST API make them.
    user = f"{int(time.time() + seconds)}:lab"
    password = base64.b64encode(hmac.digest(secret.encode(), user.encode(), "sha1")).decode()
    config = private_file(os.path.join(folder, "coturn.conf"), TURN_CONFIG.format(
        turn4=cables.TURN4, second4=cables.TURN4_SECOND, turn6=cables.TURN6, port=TURN_PORT, secret=secret,
        realm=REALM, folder=folder))
    told = {"link": f"turn:{cables.TURN4}:{TURN_PORT}", "link_tcp": f"turn:{cables.TURN4}:{TURN_PORT}?transport=tcp",
            "stun": f"stun:{cables.TURN4}:{TURN_PORT}", "user": user,
            "credentials": private_file(os.path.join(folder, "turn-credentials"), f"{user}\n{password}\n"),
            "secret": private_file(os.path.join(folder, "turn-secret"), secret)}
    server = Server("coturn", [shutil.which("turnserver"), "-c", config, "--no-stdout-log"], "turn", folder)
    end = time.monotonic() + PATIENCE_S
    while not listens("turn", TURN_PORT):
        server.check()
        if time.monotonic() > end:
            raise Died("coturn did not open its port")
        time.sleep(0.02)
    return server, told


def listens(namespace, port):
    found = subprocess.run(["ip", "netns", "exec", namespace, "cat", "/proc/net/tcp"], capture_output=True, text=True, check=False)
    return f":{port:04X} 00000000:0000 0A" in found.stdout


def start_mapper(home, folder):
    config = private_file(os.path.join(folder, f"{home.name}-upnp.conf"), UPNP_CONFIG.format(
        upnp="yes" if home.upnp else "no", pmp="yes" if home.pmp else "no", lan=home.lan,
        uuid=f"4d696e69-5550-6e50-6400-{home.number:012d}"))
    return Server(f"{home.name}-miniupnpd", [shutil.which("miniupnpd"), "-d", "-f", config, "-P",
                                             os.path.join(folder, f"{home.name}-upnp.pid")], f"{home.name}-router", folder)


def start_wire(bin_dir, folder, wires, seed):
    server = Server("wire", [os.path.join(bin_dir, "foyer-lab"), "wire", "--seed", str(seed),
                             *(f"{w.ends[0]},{w.ends[1]},{w.delay_ms:g},{w.jitter_ms:g},{w.loss_percent:g}" for w in wires)],
                    "wires", folder, speaks=True)
    server.first_line()
    return server
