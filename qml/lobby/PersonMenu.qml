// What can be done with a person besides calling them; by right click or the menu key on their row.
import QtQuick
import QtQuick.Templates as T
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

T.Popup {
  id: root

  required property LobbyPresenter lobby
  property string fingerprint
  property string name
  property bool blocked
  property bool callable

  // `reason`: who came by keys sees where the focus is.
  function show(row: PersonRow, x: real, y: real, reason: int): void {
    fingerprint = row.fingerprint;
    name = row.name;
    blocked = row.blocked;
    // A changed key is reviewed; the call for that tells no address anyway.
    callable = row.callable && !row.keyChanged;
    parent = row;
    root.x = Math.min(x, row.width - width - 8);
    root.y = y;
    open();
    (callable ? privately : block).forceActiveFocus(reason);
  }

  width: actions.implicitWidth + 16
  height: actions.implicitHeight + 16
  padding: 8
  focus: true
  closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside
  background: Rectangle {
    radius: Theme.radiusCard
    color: Theme.surface
    border.width: 1
    border.color: Theme.line
  }
  contentItem: Column {
    id: actions
    spacing: 6
    PushButton {
      id: privately
      visible: root.callable
      width: Math.max(implicitWidth, block.implicitWidth)
      glyph: "call"
      text: qsTr("Call without telling my address")
      Accessible.name: qsTr("Call %1 without telling my address").arg(root.name)
      Accessible.description: qsTr("The call stays on the relay.")
      KeyNavigation.down: block
      onClicked: {
        root.close();
        root.lobby.callPrivately(root.fingerprint);
      }
    }
    PushButton {
      id: block
      width: Math.max(implicitWidth, privately.visible ? privately.implicitWidth : 0)
      kind: root.blocked ? PushButton.Plain : PushButton.DangerSoft
      text: root.blocked ? qsTr("Unblock %1").arg(root.name) : qsTr("Block %1").arg(root.name)
      KeyNavigation.up: privately.visible ? privately : block
      onClicked: {
        root.close();
        root.lobby.setBlocked(root.fingerprint, !root.blocked);
      }
    }
  }
}
