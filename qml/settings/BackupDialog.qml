// Backing up the own identity: the 24 words to write down, or an encrypted file.
pragma ComponentBehavior: Bound
import QtQuick
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

ScrollDialog {
  id: root

  required property BackupPresenter backup
  required property FilePortal files
  property bool byFile: false
  property bool hasShown: false  // the words
  readonly property bool revealed: backup.words.length > 0
  readonly property int columns: width >= 540 ? 4 : width >= 420 ? 3 : 2

  label: qsTr("Back up your identity")
  visible: true
  onOpened: reveal.forceActiveFocus(Qt.TabFocusReason)
  onClosed: root.backup.close()
  onRevealedChanged: {
    if (root.revealed)
      root.hasShown = true;
  }

  Words {
    width: parent.width
    text: qsTr("Back up your identity")
    font.pixelSize: Theme.banner
    font.weight: Font.DemiBold
    Accessible.role: Accessible.Heading
  }
  Words {
    width: parent.width
    text: qsTr("If this computer is lost, a backup of your key makes you the same person to everybody again. Whoever has it can be you: keep it where nobody else looks.")
    color: Theme.text2
    wrapMode: Text.WordWrap
  }
  Segments {
    label: qsTr("Kind of backup")
    names: [qsTr("24 words"), qsTr("Encrypted file")]
    current: root.byFile ? 1 : 0
    onChosen: index => {
      root.backup.begin(BackupPresenter.Backup);
      root.byFile = index === 1;
      if (root.byFile)
        passphraseBox.forceActiveFocus(Qt.TabFocusReason);
      else
        reveal.forceActiveFocus(Qt.TabFocusReason);
    }
  }
  Rectangle {
    visible: !root.byFile
    width: parent.width
    height: grid.height + 24
    radius: Theme.radius
    color: Theme.sunken

    Grid {
      id: grid
      x: 12
      y: 12
      width: parent.width - 24
      columns: root.columns
      rowSpacing: 2
      Accessible.role: Accessible.List
      Accessible.name: qsTr("The 24 words")

      Repeater {
        model: 24
        Item {
          id: place

          required property int index
          readonly property string word: root.revealed ? root.backup.words[index] : ""

          width: grid.width / grid.columns
          height: 28
          Accessible.role: Accessible.ListItem
          Accessible.name: root.revealed ? qsTr("%1: %2").arg(index + 1).arg(word) : qsTr("%1: hidden").arg(index + 1)
          Words {
            width: 24
            anchors.verticalCenter: parent.verticalCenter
            horizontalAlignment: Text.AlignRight
            text: place.index + 1
            color: Theme.text3
            font.pixelSize: Theme.small
            Accessible.ignored: true
          }
          Words {
            x: 34
            width: parent.width - x
            anchors.verticalCenter: parent.verticalCenter
            text: root.revealed ? place.word : "•••••"
            color: root.revealed ? Theme.text : Theme.text3
            font.pixelSize: Theme.lead
            font.weight: root.revealed ? Font.DemiBold : Font.Normal
            Accessible.ignored: true
          }
        }
      }
    }
  }
  Words {
    visible: !root.byFile
    width: parent.width
    text: qsTr("Write them on paper, in this order. Do not photograph or copy them: pictures and clipboards are easily shared or synchronised.")
    color: Theme.text2
    font.pixelSize: Theme.small
    wrapMode: Text.WordWrap
  }
  Column {
    visible: root.byFile
    width: parent.width
    spacing: 6
    FileField {
      id: pathBox
      width: parent.width
      files: root.files
      label: qsTr("Save as")
      choice: qsTr("Choose where to save the backup")
      text: root.backup.suggestedPath
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
      onAccepted: againBox.forceActiveFocus(Qt.TabFocusReason)
    }
    Words {
      width: parent.width
      text: root.backup.passphraseAdvice
      color: Theme.text3
      font.pixelSize: Theme.small
      wrapMode: Text.WordWrap
    }
    Words {
      text: qsTr("Repeat the passphrase")
      font.pixelSize: Theme.small
      font.weight: Font.Medium
      topPadding: 6
      Accessible.ignored: true
    }
    TextBox {
      id: againBox
      width: parent.width
      label: qsTr("Repeat the passphrase")
      glyph: "lock"
      echoMode: TextInput.Password
      onAccepted: {
        if (save.enabled)
          save.clicked();
      }
    }
  }
  Verdict {
    width: parent.width
    text: root.backup.error.length > 0 ? root.backup.error : root.backup.done
    good: root.backup.error.length === 0
  }
  Item {
    width: 1
    height: 2
  }
  Flow {
    width: parent.width
    spacing: 8
    layoutDirection: Qt.RightToLeft
    PushButton {
      id: save
      visible: root.byFile
      enabled: !root.backup.busy && root.backup.canSave(pathBox.text, passphraseBox.text, againBox.text)
      kind: PushButton.Primary
      text: root.backup.busy ? qsTr("Saving…") : qsTr("Save the file")
      onClicked: root.backup.save(pathBox.text, passphraseBox.text, againBox.text)
    }
    PushButton {
      id: reveal
      visible: !root.byFile
      enabled: !root.backup.busy
      kind: root.revealed ? PushButton.Plain : PushButton.Primary
      text: root.revealed ? qsTr("Hide the words") : qsTr("Show the words")
      onClicked: {
        if (root.revealed)
          root.backup.hideWords();
        else
          root.backup.revealWords();
      }
    }
    PushButton {
      text: root.hasShown || root.backup.done.length > 0 ? qsTr("Close") : qsTr("Cancel")
      hint: qsTr("Esc")
      onClicked: root.close()
    }
  }
}
