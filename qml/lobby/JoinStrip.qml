// Joining a relay by its link, or by a picture of its QR code: a strip, not a dialog; what is wrong
// with link or picture is said in it. What a picture has is shown before it is joined.
// Qt 6.4's Loader refuses bound components, so what it loads reaches `root` unbound.
// qmllint disable unqualified
import QtQuick
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Rectangle {
  id: root

  required property LobbyPresenter lobby
  required property PicturePresenter picture
  required property FilePortal files
  readonly property bool wide: width >= 560
  // From the link on the picture, until the person changes it.
  readonly property string found: picture.link
  property bool picturing: false

  signal closed

  function submit() {
    if (root.lobby.join(linkBox.text))
      root.closed();
  }
  function take() {
    if (root.found.length > 0)
      root.showFound();
    else
      linkBox.forceActiveFocus();
  }
  function showFound() {
    root.lobby.clearJoinError();
    root.picturing = false;
    linkBox.text = root.found;
    linkBox.cursorPosition = 0;
    joinButton.forceActiveFocus(Qt.OtherFocusReason);
  }

  // A copied picture is no text: it goes past the field, which would take the key.
  function pasted(event) {
    if (!event.matches(StandardKey.Paste) || !root.picture.pasteable)
      return;
    event.accepted = true;
    root.picture.paste();
  }

  implicitHeight: content.height + 32
  radius: Theme.radiusCard
  color: Theme.surface
  border.width: 1
  border.color: Theme.line
  Accessible.role: Accessible.Grouping
  Accessible.name: qsTr("Join by link")
  Keys.onEscapePressed: root.closed()
  Keys.onPressed: event => root.pasted(event)
  onFoundChanged: {
    if (root.found.length > 0)
      root.showFound();
  }

  Column {
    id: content
    x: 16
    y: 16
    width: parent.width - 32
    spacing: 8

    Words {
      text: qsTr("Relay link")
      font.pixelSize: Theme.small
      font.weight: Font.Medium
      Accessible.ignored: true
    }
    TextBox {
      id: linkBox
      width: parent.width
      label: qsTr("Relay link")
      placeholderText: "foyer://relay/…#…"
      maximumLength: 2048
      Keys.onPressed: event => root.pasted(event)
      onAccepted: root.submit()
      onTextEdited: {
        root.lobby.clearJoinError();
        root.picture.clear();
      }
    }
    Loader {
      width: parent.width
      active: root.picturing
      visible: active
      sourceComponent: PictureField {
        picture: root.picture
        files: root.files
        wide: root.wide
      }
    }
    Words {
      visible: root.picture.busy || root.found.length > 0
      width: parent.width
      text: root.picture.busy ? qsTr("Reading the picture…") : qsTr("Found this link in the picture. Press Join to use it.")
      font.weight: Font.Medium
      wrapMode: Text.WordWrap
      Accessible.role: Accessible.AlertMessage
    }
    Verdict {
      width: parent.width
      text: root.lobby.joinError.length > 0 ? root.lobby.joinError : root.picture.error
    }
    Flow {
      width: parent.width
      spacing: 8
      PushButton {
        id: joinButton
        kind: PushButton.Primary
        text: qsTr("Join")
        enabled: linkBox.length > 0
        onClicked: root.submit()
      }
      PushButton {
        text: qsTr("Cancel")
        hint: qsTr("Esc")
        onClicked: root.closed()
      }
      PushButton {
        kind: PushButton.Quiet
        glyph: "code"
        text: qsTr("QR code from a picture…")
        checkable: true
        checked: root.picturing
        onClicked: {
          root.picture.clear();
          root.picturing = !root.picturing;
          checked = Qt.binding(() => root.picturing);
        }
      }
    }
  }
}
