"""Everything that one host of the laboratory sends and receives, read off its network device."""

import ipaddress
import select
import socket
import struct
import threading

from lab_programs import namespaces

ETH_P_ALL, PACKET_OUTGOING = 3, 4
IPV4, ARP, IPV6 = 0x0800, 0x0806, 0x86DD
ICMPV6 = 58
NEIGHBOUR_SOLICITATION = 135


class Capture:
    """`sent` and `received`: the addresses at the other end, as text, and how many frames. What asks
    who has an address counts as sent to that address."""

    def __init__(self, network, device="eth0"):
        with namespaces.inside(network):
            self._socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL))
        self._socket.bind((device, ETH_P_ALL))
        self.sent, self.received = {}, {}
        self._ends, self._end = socket.socketpair()
        self._reader = threading.Thread(target=self._read, daemon=True)

    def __enter__(self):
        self._reader.start()
        return self

    def __exit__(self, *_):
        self._end.close()
        self._reader.join()
        self._ends.close()
        self._socket.close()

    def _read(self):
        while True:
            ready, _, _ = select.select([self._socket, self._ends], [], [])
            if self._socket in ready:
                frame, about = self._socket.recvfrom(65536)
                is_sent = about[2] == PACKET_OUTGOING
                other = self.other_end(frame, is_sent)
                counts = self.sent if is_sent else self.received
                counts[other] = counts.get(other, 0) + 1
            elif self._ends in ready:
                return  # everything that came before has been read

    @staticmethod
    def other_end(frame, is_sent):
        kind = struct.unpack_from("!H", frame, 12)[0]
        packet = frame[14:]
        if kind == IPV4:
            return str(ipaddress.IPv4Address(packet[16:20] if is_sent else packet[12:16]))
        if kind == ARP:  # who has that
            return str(ipaddress.IPv4Address(packet[24:28] if is_sent else packet[14:18]))
        if kind == IPV6:
            if is_sent and packet[6] == ICMPV6 and packet[40] == NEIGHBOUR_SOLICITATION:
                return str(ipaddress.IPv6Address(packet[48:64]))
            return str(ipaddress.IPv6Address(packet[24:40] if is_sent else packet[8:24]))
        return f"protocol {kind:#06x}"
