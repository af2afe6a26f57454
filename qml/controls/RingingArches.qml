// Arches that light one after another, 1.6 s a round and a pause; three steady ones where motion is
// reduced. Runs only while it is seen.
import QtQuick
import Foyer.Theme

VoiceArches {
  id: root

  property bool ringing: true
  property int step: 0

  lit: !ringing ? 0 : Theme.reducedMotion ? Math.min(3, count) : step

  Timer {
    interval: 1600 / root.count
    repeat: true
    running: root.ringing && root.visible && !Theme.reducedMotion
    triggeredOnStart: true
    onTriggered: root.step = (root.step + 1) % (root.count + 3)
  }
}
