// For testers: the own sending made worse on purpose.
import QtQuick
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

ScrollPage {
  id: root

  required property DiagnosticsPresenter diagnostics
  readonly property bool wide: width - gutter >= 700
  readonly property real boxWidth: wide ? 132 : (width - gutter - 8) / 2

  function apply() {
    root.diagnostics.impair(delay.text, jitter.text, loss.text, rate.text);
  }

  above: 4

  Words {
    width: parent.width
    text: qsTr("Simulate a bad connection")
    font.weight: Font.DemiBold
    Accessible.role: Accessible.Heading
  }
  Words {
    width: parent.width
    topPadding: 4
    bottomPadding: 12
    text: qsTr("What leaves this computer for relays and people is delayed, dropped or held to a rate; what arrives is not touched. Everybody you talk to hears it. It stops when Foyer closes.")
    color: Theme.text2
    font.pixelSize: Theme.small
    wrapMode: Text.WordWrap
  }
  Flow {
    width: parent.width
    spacing: 8
    NumberBox {
      id: delay
      width: root.boxWidth
      label: qsTr("Delay, ms")
      shown: root.diagnostics.impairment[0]
      onAccepted: root.apply()
    }
    NumberBox {
      id: jitter
      width: root.boxWidth
      label: qsTr("Jitter, ms")
      shown: root.diagnostics.impairment[1]
      onAccepted: root.apply()
    }
    NumberBox {
      id: loss
      width: root.boxWidth
      label: qsTr("Loss, %")
      shown: root.diagnostics.impairment[2]
      onAccepted: root.apply()
    }
    NumberBox {
      id: rate
      width: root.boxWidth
      label: qsTr("Rate, kbit/s")
      shown: root.diagnostics.impairment[3]
      onAccepted: root.apply()
    }
  }
  Flow {
    width: parent.width
    spacing: 8
    topPadding: 12
    bottomPadding: 12
    PushButton {
      text: qsTr("Apply")
      onClicked: root.apply()
    }
    PushButton {
      enabled: root.diagnostics.impaired
      text: qsTr("Back to normal")
      onClicked: root.diagnostics.stopImpairing()
    }
  }
  Verdict {
    width: parent.width
    text: root.diagnostics.impairmentError
  }
}
