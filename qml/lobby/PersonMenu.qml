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

  function show(row: PersonRow, x: real, y: real): void {
    fingerprint = row.fingerprint;
    name = row.name;
    blocked = row.blocked;
    parent = row;
    root.x = Math.min(x, row.width - width - 8);
    root.y = y;
    open();
    act.forceActiveFocus(Qt.PopupFocusReason);
  }

  width: act.implicitWidth + 16
  height: act.implicitHeight + 16
  padding: 8
  focus: true
  closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside
  background: Rectangle {
    radius: Theme.radiusCard
    color: Theme.surface
    border.width: 1
    border.color: Theme.line
  }
  contentItem: PushButton {
    id: act
    kind: root.blocked ? PushButton.Plain : PushButton.DangerSoft
    text: root.blocked ? qsTr("Unblock %1").arg(root.name) : qsTr("Block %1").arg(root.name)
    onClicked: {
      root.close();
      root.lobby.setBlocked(root.fingerprint, !root.blocked);
    }
  }
}
