// The network: what the check found and what it means for calls.
// Qt 6.4's Loader refuses bound components, so what it loads reaches `root` unbound.
// qmllint disable unqualified
import QtQuick
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Rectangle {
  id: root

  required property NetworkPresenter network
  readonly property bool wide: width >= 800
  readonly property int margin: width >= 560 ? 24 : 16

  signal closed
  signal settingsWanted

  color: Theme.bg
  Keys.onEscapePressed: root.closed()

  ScrollPage {
    anchors.fill: parent
    margin: root.margin

    PushButton {
      x: -14
      kind: PushButton.Quiet
      glyph: "back"
      text: qsTr("Lobby")
      onClicked: root.closed()
    }
    Flow {
      width: parent.width
      spacing: 8
      Words {
        width: root.wide ? parent.width - settings.width - 8 : parent.width
        height: 36
        verticalAlignment: Text.AlignVCenter
        text: qsTr("Network check")
        font.pixelSize: root.wide ? Theme.display : 22
        font.weight: Font.DemiBold
        font.letterSpacing: -0.4
        Accessible.role: Accessible.Heading
      }
      PushButton {
        id: settings
        kind: PushButton.Quiet
        glyph: "settings"
        text: qsTr("How calls connect")
        Accessible.description: qsTr("Opens the settings")
        onClicked: root.settingsWanted()
      }
    }
    NetworkCheck {
      width: parent.width
      network: root.network
    }
  }
}
