// Nothing works until the person has decided: the secret is gone, or the profile is in use. Never a
// new identity by itself.
// Qt 6.4's Loader refuses bound components, so what it loads reaches `root` unbound.
// qmllint disable unqualified
import QtQuick
import QtQuick.Templates as T
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Rectangle {
  id: root

  required property IdentityPresenter identity
  required property BackupPresenter backup
  required property FilePortal files
  readonly property bool restoring: backup.open === BackupPresenter.Restore
  property bool asking: false

  color: Theme.bg
  // Not by `visible`: the page as a whole is not yet.
  Component.onCompleted: (root.identity.resettable ? restore : quit).forceActiveFocus(Qt.TabFocusReason)

  Rectangle {
    width: parent.width
    height: 4
    color: Theme.dangerFill
  }
  Flickable {
    id: page
    anchors.fill: parent
    anchors.topMargin: 4
    contentHeight: restoreForm.height + 96
    visible: root.restoring
    boundsBehavior: Flickable.StopAtBounds
    clip: true
    T.ScrollBar.vertical: ScrollTrack {}

    FollowFocus {
      flickable: page
    }
    Loader {
      id: restoreForm
      x: (parent.width - width) / 2
      y: 48
      width: Math.min(560, root.width - 48)
      active: root.restoring
      sourceComponent: RestoreForm {
        width: restoreForm.width
        backup: root.backup
        files: root.files
        keyLost: true
        onClosed: {
          root.backup.close();
          restore.forceActiveFocus(Qt.TabFocusReason);
        }
        Component.onCompleted: take()
      }
    }
  }
  Column {
    visible: !root.restoring
    anchors.centerIn: parent
    width: Math.min(560, parent.width - 48)
    spacing: 16

    Row {
      spacing: 12
      Icon {
        anchors.verticalCenter: parent.verticalCenter
        name: root.identity.resettable ? "key" : "warning"
        size: 24
        colour: Theme.danger
      }
      Words {
        width: Math.min(implicitWidth, root.width - 96)
        text: root.identity.blockedTitle
        font.pixelSize: Theme.display
        font.weight: Font.DemiBold
        wrapMode: Text.WordWrap
        Accessible.role: Accessible.Heading
      }
    }
    Words {
      width: parent.width
      text: root.identity.blockedAdvice
      color: Theme.text2
      wrapMode: Text.WordWrap
    }
    Words {
      width: parent.width
      visible: root.asking
      text: qsTr("A new key makes you a new person to everybody: they will be asked to compare words with you again, and calls to the old key will not reach you. The old file is kept.")
      color: Theme.danger
      wrapMode: Text.WordWrap
    }
    Column {
      width: Math.min(320, parent.width)
      spacing: 12
      PushButton {
        id: restore
        width: parent.width
        height: 44
        kind: PushButton.Primary
        visible: root.identity.resettable && !root.asking
        glyph: "key"
        text: qsTr("Bring it back from a backup…")
        onClicked: root.backup.begin(BackupPresenter.Restore)
      }
      PushButton {
        width: parent.width
        height: 44
        visible: root.identity.resettable && !root.asking
        text: qsTr("Start over with a new key…")
        onClicked: {
          root.asking = true;
          cancel.forceActiveFocus(Qt.TabFocusReason);
        }
      }
      PushButton {
        width: parent.width
        height: 44
        visible: root.asking
        kind: PushButton.DangerSoft
        text: qsTr("Make a new key now")
        onClicked: root.identity.resetIdentity()
      }
      PushButton {
        id: cancel
        width: parent.width
        height: 44
        visible: root.asking
        text: qsTr("Cancel")
        onClicked: {
          root.asking = false;
          restore.forceActiveFocus(Qt.TabFocusReason);
        }
      }
      PushButton {
        id: quit
        width: parent.width
        height: 44
        kind: restore.visible || root.asking ? PushButton.Plain : PushButton.Primary
        text: qsTr("Close Foyer")
        onClicked: Qt.quit()
      }
    }
  }
}
