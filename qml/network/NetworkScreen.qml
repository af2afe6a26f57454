// The network: what the check found and what it means for calls, and how calls may connect.
// Qt 6.4's Loader refuses bound components, so what it loads reaches `root` unbound.
// qmllint disable unqualified
import QtQuick
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Rectangle {
  id: root

  required property NetworkPresenter network
  required property ConnectionsPresenter connections
  readonly property bool wide: width >= 800
  readonly property int margin: width >= 560 ? 24 : 16

  signal closed

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
        width: root.wide ? parent.width - tabs.width - 8 : parent.width
        height: 36
        verticalAlignment: Text.AlignVCenter
        text: root.network.page === NetworkPresenter.Check ? qsTr("Network check") : qsTr("How calls connect")
        font.pixelSize: root.wide ? Theme.display : 22
        font.weight: Font.DemiBold
        font.letterSpacing: -0.4
        Accessible.role: Accessible.Heading
      }
      Segments {
        id: tabs
        label: qsTr("Page")
        names: [qsTr("Network check"), qsTr("How calls connect")]
        current: root.network.page
        onChosen: index => root.network.page = index
      }
    }
    Loader {
      width: parent.width
      active: root.network.page === NetworkPresenter.Check
      visible: active
      sourceComponent: NetworkCheck {
        network: root.network
      }
    }
    Loader {
      width: parent.width
      active: root.network.page === NetworkPresenter.Connections
      visible: active
      sourceComponent: ConnectionSettings {
        connections: root.connections
      }
    }
  }
}
