// What can be done with a person besides calling them; by right click or the menu key on their row.
import QtQuick
import QtQuick.Templates as T
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

NamedPopup {
  id: root

  required property LobbyPresenter lobby
  property string fingerprint
  property string name
  property bool blocked
  property bool callable
  property bool favourite

  signal detailsWanted(string fingerprint)

  label: root.name
  // `reason`: who came by keys sees where the focus is.
  function show(row: PersonRow, x: real, y: real, reason: int): void {
    fingerprint = row.fingerprint;
    name = row.name;
    blocked = row.blocked;
    favourite = row.favourite;
    // A changed key is reviewed; the call for that tells no address anyway.
    callable = row.callable && !row.suspect;
    parent = row;
    root.x = Math.min(x, row.width - width - 8);
    root.y = y;
    open();
    details.forceActiveFocus(reason);
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
    readonly property real widest: Math.max(details.implicitWidth, star.implicitWidth, block.implicitWidth, root.callable ? privately.implicitWidth : 0)
    spacing: 6
    PushButton {
      id: details
      width: actions.widest
      leading: true
      glyph: "person"
      text: qsTr("Name, note and calls")
      Accessible.name: qsTr("Name, note and calls of %1").arg(root.name)
      KeyNavigation.down: star
      onClicked: {
        root.close();
        root.detailsWanted(root.fingerprint);
      }
    }
    PushButton {
      id: star
      width: actions.widest
      leading: true
      glyph: root.favourite ? "star-filled" : "star"
      text: root.favourite ? qsTr("Remove from favourites") : qsTr("Add to favourites")
      Accessible.name: root.favourite ? qsTr("Remove %1 from favourites").arg(root.name) : qsTr("Add %1 to favourites").arg(root.name)
      KeyNavigation.up: details
      KeyNavigation.down: privately.visible ? privately : block
      onClicked: {
        root.close();
        root.lobby.setFavourite(root.fingerprint, !root.favourite);
      }
    }
    PushButton {
      id: privately
      visible: root.callable
      width: actions.widest
      leading: true
      glyph: "call"
      text: qsTr("Call without telling my address")
      Accessible.name: qsTr("Call %1 without telling my address").arg(root.name)
      Accessible.description: qsTr("The call stays on the relay.")
      KeyNavigation.up: star
      KeyNavigation.down: block
      onClicked: {
        root.close();
        root.lobby.callPrivately(root.fingerprint);
      }
    }
    PushButton {
      id: block
      width: actions.widest
      leading: true
      kind: root.blocked ? PushButton.Plain : PushButton.DangerSoft
      glyph: root.blocked ? "check" : "block"
      text: root.blocked ? qsTr("Unblock %1").arg(root.name) : qsTr("Block %1").arg(root.name)
      KeyNavigation.up: privately.visible ? privately : star
      onClicked: {
        root.close();
        root.lobby.setBlocked(root.fingerprint, !root.blocked);
      }
    }
  }
}
