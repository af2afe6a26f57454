// Somebody who has used Foyer before: the 24 words, or the encrypted file and its passphrase.
import QtQuick
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Column {
  id: root

  required property BackupPresenter backup
  required property FilePortal files
  property string leaving: qsTr("Back")  // the button that does nothing
  property bool byFile: false
  readonly property bool complete: byFile ? fileBox.length > 0 && passphraseBox.length > 0 : pad.length > 0

  property bool keyLost: false  // that of this profile cannot be read: it may be this very one

  signal closed

  function take() {
    if (root.byFile)
      fileBox.take();
    else
      pad.forceActiveFocus(Qt.TabFocusReason);
  }
  function submit(confirmed: bool) {
    if (root.byFile)
      root.backup.restoreFile(fileBox.text, passphraseBox.text, confirmed);
    else
      root.backup.restoreWords(pad.text, confirmed);
  }

  spacing: 8
  Keys.onEscapePressed: root.closed()

  Words {
    width: parent.width
    text: qsTr("Welcome back")
    font.pixelSize: Theme.display
    font.weight: Font.DemiBold
    font.letterSpacing: -0.4
    wrapMode: Text.WordWrap
    Accessible.role: Accessible.Heading
  }
  Words {
    width: parent.width
    text: qsTr("Your key makes you the same person again to everybody who knows you. It does not contain contacts or settings.")
    color: Theme.text2
    wrapMode: Text.WordWrap
    bottomPadding: 14
  }
  Segments {
    visible: !root.backup.restored
    label: qsTr("Where your key comes from")
    names: [qsTr("24 words"), qsTr("Backup file")]
    current: root.byFile ? 1 : 0
    onChosen: index => {
      root.backup.begin(BackupPresenter.Restore);
      root.byFile = index === 1;
      root.take();
    }
  }
  Column {
    width: parent.width
    spacing: 8
    visible: !root.byFile && !root.backup.restored
    topPadding: 6
    Words {
      text: qsTr("Your 24 words")
      font.pixelSize: Theme.small
      font.weight: Font.Medium
      Accessible.ignored: true
    }
    TextPad {
      id: pad
      width: parent.width
      label: qsTr("Your 24 words")
      placeholderText: qsTr("In the order in which you wrote them down, separated by spaces.")
      inputMethodHints: Qt.ImhSensitiveData | Qt.ImhNoPredictiveText | Qt.ImhPreferLowercase
    }
    Words {
      text: root.backup.countText(pad.text)
      color: Theme.text3
      font.pixelSize: Theme.small
    }
  }
  Column {
    width: parent.width
    spacing: 8
    visible: root.byFile && !root.backup.restored
    topPadding: 6
    FileField {
      id: fileBox
      width: parent.width
      spacing: 8
      files: root.files
      kind: FilePortal.Backup
      label: qsTr("Backup file")
      choice: qsTr("Choose the backup file")
      onAccepted: passphraseBox.forceActiveFocus(Qt.TabFocusReason)
      onTaken: passphraseBox.forceActiveFocus(Qt.TabFocusReason)
    }
    Words {
      text: qsTr("Passphrase")
      font.pixelSize: Theme.small
      font.weight: Font.Medium
      topPadding: 6
      Accessible.ignored: true
    }
    TextBox {
      id: passphraseBox
      width: parent.width
      label: qsTr("Passphrase")
      glyph: "lock"
      echoMode: TextInput.Password
      onAccepted: {
        if (root.complete)
          root.submit(false);
      }
    }
  }
  Verdict {
    width: parent.width
    text: root.backup.error.length > 0 ? root.backup.error : root.backup.restored ? root.backup.done : ""
    good: root.backup.error.length === 0
  }
  Words {
    width: parent.width
    visible: root.backup.mustConfirm
    text: root.keyLost ? qsTr("If this is a different key from the one used here before, people who know you by that one will see you as a new person. The old profile is kept.") : qsTr("This profile already has another identity. It is kept beside the new one, but people who know you by it can no longer reach you.")
    color: Theme.danger
    wrapMode: Text.WordWrap
    Accessible.role: Accessible.AlertMessage
  }
  Item {
    width: 1
    height: 10
  }
  Flow {
    width: parent.width
    spacing: 12
    PushButton {
      height: 44
      visible: root.backup.restored
      kind: PushButton.Primary
      text: qsTr("Continue")
      onClicked: root.closed()
    }
    PushButton {
      height: 44
      visible: !root.backup.restored && !root.backup.mustConfirm
      enabled: root.complete && !root.backup.busy
      kind: PushButton.Primary
      text: root.backup.busy ? qsTr("Opening…") : qsTr("Bring back my identity")
      onClicked: root.submit(false)
    }
    PushButton {
      height: 44
      visible: root.backup.mustConfirm
      enabled: (root.byFile ? root.complete : root.backup.isWhole(pad.text)) && !root.backup.busy
      kind: PushButton.DangerSoft
      text: root.keyLost ? qsTr("Use this key") : qsTr("Replace it")
      onClicked: root.submit(true)
    }
    PushButton {
      height: 44
      visible: !root.backup.restored
      text: root.leaving
      hint: qsTr("Esc")
      onClicked: root.closed()
    }
  }
}
