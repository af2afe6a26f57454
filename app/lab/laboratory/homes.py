"""What a laboratory is made of, in words: kinds of homes, and one home's word on the command line.

    [NAME=]KIND[,OPTION…]     a=port-restricted,upnp   symmetric-random,delay=20

Values only; cables.py lays what is said here.
"""

from dataclasses import dataclass, field

MOST_HOMES = 32  # each has a network of the public segment
MOST_HOSTS = 4
MOST_DELAY_MS = 5000


@dataclass(frozen=True)
class Kind:
    meaning: str
    # The NATs on the way out, the home's own first.
    nats: tuple = ()
    ipv4: bool = True
    ipv6: str = ""  # "", "firewalled" or "broken": addresses that reach nobody
    carrier: bool = False  # the outer NAT is a provider's: 100.64.0.0/10 between the two
    firewall: bool = False  # a public address that wants to be opened from inside
    udp: bool = True


KINDS = {
    "open": Kind("a public address and nothing in front of it"),
    "firewalled": Kind("a public address behind a firewall that wants to be opened from inside", firewall=True),
    "full-cone": Kind("one outside port per socket, open to everybody", ("full-cone",)),
    "address-restricted": Kind("one outside port per socket, open to the addresses that were spoken to",
                               ("address-restricted",)),
    "port-restricted": Kind("masquerading by Linux: keeps the port, open to the sockets that were spoken to",
                            ("port-restricted",)),
    "symmetric-sequential": Kind("another outside port for every remote socket, the next in a row",
                                 ("symmetric-sequential",)),
    "symmetric-random": Kind("another outside port for every remote socket, at random", ("symmetric-random",)),
    "cgnat+port-restricted": Kind("a router at home behind a provider's NAT", ("port-restricted", "port-restricted"),
                                  carrier=True),
    "cgnat-symmetric+port-restricted": Kind("a router at home behind a provider's NAT with a port for every remote",
                                            ("port-restricted", "symmetric-random"), carrier=True),
    "double-nat": Kind("two routers at home, one behind the other", ("port-restricted", "port-restricted")),
    "v6-only": Kind("IPv6 alone, behind a firewall", ipv4=False, ipv6="firewalled"),
    "dual-stack": Kind("IPv4 port restricted, IPv6 behind a firewall", ("port-restricted",), ipv6="firewalled"),
    "dual-stack-v6-broken": Kind("IPv6 addresses that reach nobody, beside IPv4 port restricted",
                                 ("port-restricted",), ipv6="broken"),
    "udp-blocked": Kind("nothing leaves the network but TCP to port 443", ("port-restricted",), udp=False),
}


class Wrong(Exception):
    """The command line cannot be followed; the text says why."""


@dataclass
class Home:
    name: str
    kind_name: str
    number: int  # from 1, in the order of the command line
    hosts: int = 1
    lan: str = ""  # the first three bytes of its private range
    upnp: bool = False
    pmp: bool = False
    delay_ms: float = 0  # one way, between the home and the public segment
    jitter_ms: float = 0
    loss_percent: float = 0
    mtu: int = 0  # of its way out; 0: Ethernet's 1500
    kind: Kind = field(init=False)

    def __post_init__(self):
        self.kind = KINDS[self.kind_name]

    @property
    def has_wire(self):
        return self.delay_ms > 0 or self.jitter_ms > 0 or self.loss_percent > 0

    @property
    def has_mapper(self):
        return self.upnp or self.pmp

    @property
    def has_router(self):
        return bool(self.kind.nats) or self.kind.ipv6 != ""

    @property
    def host_names(self):
        return [self.name] + [f"{self.name}{i}" for i in range(2, self.hosts + 1)]

    # Addresses that belong to somebody else outside; in the laboratory to nobody else.
    @property
    def public4(self):
        return f"5.{10 + self.number}.0.2"

    @property
    def gateway4(self):
        return f"5.{10 + self.number}.0.1"

    @property
    def public6(self):
        return f"2001:db8:{10 + self.number}::2"

    @property
    def gateway6(self):
        return f"2001:db8:{10 + self.number}::1"

    @property
    def lan6(self):
        return f"2001:db8:{10 + self.number}:1::"

    @property
    def between4(self):
        """Between the home's router and the one before it."""
        return f"100.64.{10 + self.number}" if self.kind.carrier else f"10.{10 + self.number}.0"


def number_of(option, text, least, most):
    try:
        value = float(text)
    except ValueError:
        value = None
    if value is None or not least <= value <= most:
        raise Wrong(f"{option}={text}: a number from {least:g} to {most:g} is wanted")
    return value


def set_option(home, option):
    name, has_value, value = option.partition("=")
    if name in ("upnp", "pmp") and not has_value:
        setattr(home, name, True)
    elif name == "hosts" and has_value:
        home.hosts = int(number_of(name, value, 1, MOST_HOSTS))
    elif name == "lan" and has_value:
        parts = value.split(".")
        if len(parts) != 3 or not all(p.isdigit() and int(p) < 256 for p in parts):
            raise Wrong(f"{option}: the first three bytes of a range are wanted, as in lan=192.168.1")
        home.lan = value
    elif name in ("delay", "jitter") and has_value:
        setattr(home, name + "_ms", number_of(name, value, 0, MOST_DELAY_MS))
    elif name == "mtu" and has_value:
        home.mtu = int(number_of(name, value, 1280, 1500))
    elif name == "loss" and has_value:
        home.loss_percent = number_of(name, value, 0, 99)
    else:
        raise Wrong(f"unknown option {option}: upnp, pmp, hosts=N, lan=A.B.C, delay=MS, jitter=MS, loss=PERCENT and mtu=BYTES are known")


def parse_homes(words):
    """The homes of the command line; raises Wrong."""
    if len(words) > MOST_HOMES:
        raise Wrong(f"at most {MOST_HOMES} homes")
    homes, taken = [], {"net", "relay", "turn", "wires"}
    for number, word in enumerate(words, 1):
        first, *options = word.split(",")
        name, is_named, kind = first.rpartition("=")
        if not is_named:
            name = f"home{number}"
        if not name.isalnum() or not name.isascii() or len(name) > 8 or not name.islower():
            raise Wrong(f"{name}: a name has at most 8 small letters and digits")
        if kind not in KINDS:
            raise Wrong(f"unknown kind {kind}; there are: {', '.join(KINDS)}")
        home = Home(name, kind, number, lan=f"192.168.{10 + number}")
        for option in options:
            set_option(home, option)
        if home.has_mapper and not home.kind.nats:
            raise Wrong(f"{word}: no router of it translates addresses, so there is nothing to map")
        if not home.has_router and home.hosts > 1:
            raise Wrong(f"{word}: a public address has one host")
        names = {*home.host_names, f"{name}-router", f"{name}-outer"}
        if names & taken:
            raise Wrong(f"{name}: the name is taken")
        taken |= names
        homes.append(home)
    return homes
