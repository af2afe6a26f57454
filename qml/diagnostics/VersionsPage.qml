// Versions: this program, each relay, the protocol, and the libraries. Never made one.
import QtQuick
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

ScrollPage {
  id: root

  required property DiagnosticsPresenter diagnostics

  above: 4

  Item {
    width: parent.width
    height: Math.max(intro.height, 36) + 4
    Words {
      id: intro
      y: Math.max(0, (36 - height) / 2)
      width: parent.width - copying.width - 12
      text: qsTr("This program, each relay and the protocol between them may have different versions. Foyer sends nobody the source it was built from; Copy includes it.")
      color: Theme.text2
      wrapMode: Text.WordWrap
    }
    PushButton {
      id: copying
      x: parent.width - width
      glyph: "copy"
      text: qsTr("Copy")
      Accessible.name: qsTr("Copy the versions")
      onClicked: root.diagnostics.copyVersions()
    }
  }
  VersionGroup {
    width: parent.width
    title: qsTr("This program")
    cells: root.diagnostics.ownVersions
  }
  VersionGroup {
    width: parent.width
    title: qsTr("Relays, as reported by each")
    cells: root.diagnostics.relayVersions
  }
  VersionGroup {
    width: parent.width
    title: qsTr("Protocol")
    cells: root.diagnostics.protocolVersions
  }
  VersionGroup {
    width: parent.width
    title: qsTr("Libraries")
    cells: root.diagnostics.libraries
  }
}
