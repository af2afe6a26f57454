"""Lays the networks of a laboratory: a public segment that routes, servers and homes around it.

    host eth0 ── lan [ROUTER] wan ── to-HOME [net] to-relay ── eth0 [relay]
                                              to-turn ──── eth0 [turn]

Between a home (or a server) and the segment there may be a wire, which delays and loses frames:
`foyer-lab wire` in the namespace `wires` holds both its ends.
"""

import json
import os
from dataclasses import dataclass

import namespaces
import nft_rules
from namespaces import run

RELAY4, RELAY6 = "5.1.0.2", "2001:db8:1::2"
TURN4, TURN4_SECOND, TURN6 = "5.2.0.2", "5.2.0.3", "2001:db8:2::2"
# Without one of its own a bridge takes the lowest of its ports, and another each time that a port comes or goes:
# every host would then send to a router that is no longer there until ARP has asked anew.
ROUTER_MAC = "02:00:00:00:00:01"
FIRST_HOST = 10  # the last byte of a home's first host
SAFE_LINKS = {"veth", "bridge"}


class Unsafe(Exception):
    """What was laid reaches something that it must not."""


@dataclass
class Wire:
    """Two ends in the namespace `wires`, and what happens to frames between them."""
    ends: tuple
    delay_ms: float
    jitter_ms: float
    loss_percent: float


class Cables:
    def __init__(self, rtt_ms=0):
        # A way from home to home has two legs, each of which is passed twice in a round trip.
        self.leg_ms = rtt_ms / 4
        self.names = []
        self.wires = []
        self._batches = {}

    @staticmethod
    def path(name):
        """Where the namespace is, for this process."""
        return f"{namespaces.NAMES}/{name}"

    def add(self, name, forwards=False):
        run("ip", "netns", "add", name)
        self.names.append(name)
        # Addresses are there at once, and nobody advertises any.
        # A host with two interfaces in one network answers ARP for an address where it is, as two computers would;
        # otherwise its router may go on sending to an interface that was taken away.
        settings = {"ipv6/conf/default/accept_dad": 0, "ipv6/conf/default/dad_transmits": 0,
                    "ipv6/conf/default/accept_ra": 0, "ipv4/conf/all/arp_ignore": 1, "ipv4/conf/all/arp_announce": 2}
        if name == "wires":
            settings = {"ipv6/conf/default/disable_ipv6": 1}
        if forwards:
            settings |= {"ipv4/ip_forward": 1, "ipv6/conf/all/forwarding": 1}
        with namespaces.inside(self.path(name)):
            # Neighbours in a home are none of its router's business, where the kernel would ask nft.
            for key in ("bridge/bridge-nf-call-iptables", "bridge/bridge-nf-call-ip6tables"):
                if os.path.exists("/proc/sys/net/" + key):
                    settings[key] = 0
            for key, value in settings.items():
                with open("/proc/sys/net/" + key, "w", encoding="ascii") as file:
                    file.write(str(value))
        self.ip(name, "link set lo up")

    def ip(self, name, *lines):
        """Lines for `ip` in that namespace; done by flush()."""
        self._batches.setdefault(name, []).extend(lines)

    def flush(self):
        for name, lines in self._batches.items():
            run("ip", "-n", name, "-batch", "-", text="\n".join(lines) + "\n")
        self._batches.clear()

    @staticmethod
    def veth(a, device_a, b, device_b):
        run("ip", "link", "add", device_a, "netns", a, "type", "veth", "peer", "name", device_b, "netns", b)

    def cable(self, a, device_a, b, device_b):
        self.veth(a, device_a, b, device_b)
        self.ip(a, f"link set {device_a} up")
        self.ip(b, f"link set {device_b} up")

    def outside_cable(self, inner, device, outer_device, wire=None):
        """From `inner` to the public segment, through a wire where one is wanted."""
        if wire is None and self.leg_ms > 0:
            wire = (self.leg_ms, 0, 0)
        if wire is None:
            self.cable(inner, device, "net", outer_device)
            return
        ends = (f"w{len(self.wires)}a", f"w{len(self.wires)}b")
        self.cable(inner, device, "wires", ends[0])
        self.cable("net", outer_device, "wires", ends[1])
        self.wires.append(Wire(ends, *wire))

    # ---- the public segment

    def lay_public(self):
        self.add("net", forwards=True)
        self.add("wires")
        for name, addresses, gateway4, gateway6 in (
                ("relay", [f"{RELAY4}/24", f"{RELAY6}/64"], "5.1.0.1", "2001:db8:1::1"),
                ("turn", [f"{TURN4}/24", f"{TURN4_SECOND}/24", f"{TURN6}/64"], "5.2.0.1", "2001:db8:2::1")):
            self.add(name)
            self.outside_cable(name, "eth0", f"to-{name}")
            self.ip(name, *(f"addr add {address} dev eth0" for address in addresses),
                    f"route add default via {gateway4}", f"route add default via {gateway6}")
            self.ip("net", f"addr add {gateway4}/24 dev to-{name}", f"addr add {gateway6}/64 dev to-{name}")

    # ---- homes

    def lay_home(self, home):
        self.ip("net", *([f"addr add {home.gateway4}/24 dev to-{home.name}"] if home.kind.ipv4 else []))
        if not home.has_router:
            self.add(home.name)
            self._lay_outside(home, home.name, "eth0")
            if home.kind.firewall:
                self._rules(home.name, nft_rules.HOST_FIREWALL)
            return
        router = f"{home.name}-router"
        self.add(router, forwards=True)
        nats = home.kind.nats or ("",)
        if len(nats) == 1:
            self._lay_outside(home, router, "wan")
            outside = home.public4
        else:
            outer, outside = f"{home.name}-outer", f"{home.between4}.2"
            self.add(outer, forwards=True)
            self._lay_outside(home, outer, "wan")
            self.cable(router, "wan", outer, "lan")
            self.ip(outer, f"addr add {home.between4}.1/24 dev lan")
            self.ip(router, f"addr add {outside}/24 dev wan", f"route add default via {home.between4}.1")
            self._rules(outer, nft_rules.router_rules(nats[1], home.public4, outside, home.kind.udp))
        self._lay_inside(home, router)
        self._rules(router, nft_rules.router_rules(nats[0], outside, f"{home.lan}.{FIRST_HOST}", home.kind.udp, home.kind.ipv6))

    def _lay_outside(self, home, name, device):
        wire = (home.delay_ms, home.jitter_ms, home.loss_percent) if home.has_wire else None
        self.outside_cable(name, device, f"to-{home.name}", wire)
        if home.mtu:
            self.ip(name, f"link set {device} mtu {home.mtu}")
            self.ip("net", f"link set to-{home.name} mtu {home.mtu}")
        if home.kind.ipv4:
            self.ip(name, f"addr add {home.public4}/24 dev {device}", f"route add default via {home.gateway4}")
        if home.kind.ipv6:
            self.ip(name, f"addr add {home.public6}/64 dev {device}", f"route add default via {home.gateway6}")
            self.ip("net", f"addr add {home.gateway6}/64 dev to-{home.name}", f"route add {home.lan6}/64 via {home.public6}")

    def _lay_inside(self, home, router):
        self.ip(router, f"link add lan address {ROUTER_MAC} type bridge", "link set lan up")
        if home.kind.ipv4:
            self.ip(router, f"addr add {home.lan}.1/24 dev lan")
        if home.kind.ipv6:
            self.ip(router, f"addr add {home.lan6}1/64 dev lan")
        for number, host in enumerate(home.host_names, FIRST_HOST):
            self.add(host)
            self.cable(router, f"to-{host}", host, "eth0")
            self.ip(router, f"link set to-{host} master lan")
            if home.kind.ipv4:
                self.ip(host, f"addr add {home.lan}.{number}/24 dev eth0", f"route add default via {home.lan}.1")
            if home.kind.ipv6:
                self.ip(host, f"addr add {home.lan6}{number}/64 dev eth0", f"route add default via {home.lan6}1")

    def _rules(self, name, rules):
        run("ip", "netns", "exec", name, "nft", "-f", "-", text=rules)

    # ---- what was laid

    def check(self, outside_network):
        """Nothing leads out: no device but those that were laid, and all in namespaces of this run."""
        for name in self.names:
            with namespaces.inside(self.path(name)):
                if namespaces.network_of("self") == outside_network:
                    raise Unsafe(f"{name} is the network of this machine")
            for link in json.loads(run("ip", "-n", name, "-j", "-d", "link")):
                kind = link.get("linkinfo", {}).get("info_kind", "")
                if "UP" in link["flags"] and link["link_type"] != "loopback" and kind not in SAFE_LINKS:
                    raise Unsafe(f"{name} has the device {link['ifname']}, which was not laid")
        if run("ip", "-n", "net", "route", "show", "default").strip() or run("ip", "-n", "net", "-6", "route", "show", "default").strip():
            raise Unsafe("the public segment has a route to somewhere else")
