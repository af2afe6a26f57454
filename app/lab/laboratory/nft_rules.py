"""The nft rules of a router: its kind of NAT, its firewall, and where miniupnpd puts what it opens.

Linux keeps the port and opens it to the sockets that were spoken to; the other kinds are made of
that: cones by a rule that also lets strangers in, symmetric ones by another port each time.
"""

# A port of the symmetric-sequential kind is one of so many in a row, again from the first at the end.
SEQUENCE_FIRST, SEQUENCE_LENGTH = 20000, 1024
# How long an address counts as spoken to (RFC 4787 REQ-5: at least two minutes).
SPOKEN_TO = "5m"


def masquerade(nat, outside):
    if nat == "symmetric-random":
        return "masquerade fully-random"
    if nat == "symmetric-sequential":
        ports = ", ".join(f"{i} : {SEQUENCE_FIRST + i}" for i in range(SEQUENCE_LENGTH))
        return (f"meta l4proto udp snat ip to {outside} : numgen inc mod {SEQUENCE_LENGTH} map {{ {ports} }}\n"
                '    oifname "wan" meta nfproto ipv4 masquerade')
    return "masquerade"


def router_rules(nat, outside, first_host, udp=True, ipv6=""):
    """`outside`: the router's address there; `first_host`: whom a cone leads to. An empty `nat`
    translates nothing."""
    inward = ""
    if nat == "full-cone":
        inward = f'iifname "wan" meta nfproto ipv4 udp dport 1024-65535 dnat ip to {first_host}'
    elif nat == "address-restricted":
        inward = f'iifname "wan" ip saddr @spoken udp dport 1024-65535 dnat ip to {first_host}'
    note = f'oifname "wan" meta l4proto udp update @spoken {{ ip daddr timeout {SPOKEN_TO} }}' if nat == "address-restricted" else ""
    blocked = "" if udp else 'iifname "lan" tcp dport != 443 drop\n    iifname "lan" meta l4proto != tcp drop'
    broken = "meta nfproto ipv6 drop" if ipv6 == "broken" else ""
    outward = f'oifname "wan" meta nfproto ipv4 {masquerade(nat, outside)}' if nat else ""
    # What comes uninvited is dropped without a trace in the table of connections: a trace would take
    # the port that the answer of the home needs, and no hole could be punched.
    return f"""
table inet filter {{
  set spoken {{ type ipv4_addr; flags dynamic, timeout; size 65535; timeout {SPOKEN_TO}; }}
  chain input {{
    type filter hook input priority 0;
    iifname "wan" meta l4proto {{ tcp, udp }} ct state new drop
  }}
  chain forward {{
    type filter hook forward priority 0; policy drop;
    {broken}
    {blocked}
    {note}
    ct state established,related accept
    iifname "lan" oifname "wan" accept
    ct status dnat accept
    jump miniupnpd
  }}
  chain miniupnpd {{ }}
  chain prerouting {{
    type nat hook prerouting priority -100;
    jump prerouting_miniupnpd
    {inward}
  }}
  chain postrouting {{
    type nat hook postrouting priority 100;
    jump postrouting_miniupnpd
    {outward}
  }}
  chain prerouting_miniupnpd {{ }}
  chain postrouting_miniupnpd {{ }}
}}
"""


# A host with a public address that answers only those it spoke to.
HOST_FIREWALL = """
table inet filter {
  chain input {
    type filter hook input priority 0; policy drop;
    ct state established,related accept
    iifname "lo" accept
    meta l4proto { icmp, ipv6-icmp } accept
  }
}
"""
