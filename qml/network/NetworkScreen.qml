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
  property bool hasBack: true  // no rail beside the page leads home

  signal closed
  signal settingsWanted

  color: Theme.bg
  Keys.onEscapePressed: root.closed()

  ScrollPage {
    anchors.fill: parent
    margin: root.margin

    PageHead {
      width: parent.width
      title: qsTr("Network check")
      wide: root.wide
      hasBack: root.hasBack
      onClosed: root.closed()
      actions: PushButton {
        kind: PushButton.Quiet
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
