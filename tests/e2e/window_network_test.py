#!/usr/bin/env python3
"""A person at a real window looks at the network, and reads which way a call takes: the same as the control
socket says."""

import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from foyer_programs import has_network, wait_until  # noqa: E402
from window_programs import Theatre, missing  # noqa: E402

BIN = sys.argv.pop(1)


@unittest.skipIf(missing(), f"packaging/setup installs {missing()}")
class Network(unittest.TestCase):
    def test_the_check_is_shown_in_the_words_of_the_control_socket(self):
        with Theatre(BIN) as theatre:
            window = theatre.window("window")
            theatre.click(window, "Network check")
            theatre.click(window, "Check the network")
            theatre.wait_shown(window, "Check again")
            words = window.ctl("netcheck", "--json", "--last")["words"]
            theatre.wait_shown(window, " ".join(words["means"]))
            for sentence in words["do"]:
                theatre.wait_shown(window, sentence)
            theatre.click(window, "How calls connect")
            theatre.click(window, "Ask the router for a port")
            wait_until(lambda: window.ctl("get", "port_mapping")["value"] == "off", "the setting")
            theatre.click(window, "Reset: Ask the router for a port")
            wait_until(lambda: window.ctl("get", "port_mapping")["value"] is None, "as it is by itself")
            self.assertEqual(window.stop(), 0, window.output())

    @unittest.skipUnless(has_network(), "this machine has no address but loopback")
    def test_a_call_says_which_way_it_takes(self):
        with Theatre(BIN) as theatre:
            window, peer = theatre.window("window"), theatre.peer("peer")
            own = window.ctl("identity")["fingerprint"]
            peer.ctl("set", "direct_calls", "off")
            peer.wait_person(own)
            call = peer.ctl("call", own)["call"]
            window.wait_call(call, "ringing")
            window.ctl("answer", call, "trusted")
            window.wait_call(call, "active")
            wait_until(lambda: window.ctl("stats", call)["path_reason"] == "peer_tells_none", "the reason")
            host = theatre.relay.link.split("//relay/")[1].split(":")[0]
            theatre.wait_shown(window, f"Through {host}, because the other side tells no address")
            window.ctl("hangup", call)
            self.assertEqual(window.stop(), 0, window.output())


if __name__ == "__main__":
    unittest.main(verbosity=2)
