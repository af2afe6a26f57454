// Saves all contacts to a file, or says what a file would bring and takes it.
import QtQuick
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

ScrollDialog {
  id: root

  required property ContactFilePresenter file
  required property FilePortal files
  readonly property bool saving: file.open === ContactFilePresenter.Save

  label: title.text
  widest: 560
  visible: true
  onOpened: pathBox.take()
  onClosed: root.file.close()

  Words {
    id: title
    width: parent.width
    text: root.saving ? qsTr("Save contacts to a file") : qsTr("Add contacts from a file")
    font.pixelSize: Theme.banner
    font.weight: Font.DemiBold
    Accessible.role: Accessible.Heading
  }
  Words {
    width: parent.width
    text: root.saving ? qsTr("The file contains names, notes, keys and dates of all your contacts, readable by anyone who gets it. Your own key is not in it.") : qsTr("Nothing you have is lost: the file adds people and fills in what is empty. Anyone who is blocked in it and not verified here becomes blocked here too. A key that you verified is never replaced.")
    color: Theme.text2
    wrapMode: Text.WordWrap
  }
  FileField {
    id: pathBox
    width: parent.width
    files: root.files
    kind: root.saving ? -1 : FilePortal.Contacts
    label: root.saving ? qsTr("Save as") : qsTr("File")
    choice: root.saving ? qsTr("Choose where to save the contacts") : qsTr("Choose the file of contacts")
    text: root.file.suggestedPath
    onAccepted: {
      if (action.enabled)
        action.clicked();
    }
    onEdited: root.file.begin(root.file.open)
    onTaken: action.forceActiveFocus(Qt.TabFocusReason)
  }
  SettingRow {
    visible: !root.saving
    width: parent.width
    title: qsTr("I saved this file myself")
    advice: qsTr("Everyone marked verified in it then counts as verified here, and people you have talked with can be called directly. Leave this off for a file that somebody gave you.")
    isOn: ownFile.on
    onWanted: isOn => {
      ownFile.on = isOn;
      root.file.begin(root.file.open);
    }
    QtObject {
      id: ownFile
      property bool on: false
    }
  }
  Words {
    width: parent.width
    visible: root.file.offer.length > 0
    text: root.file.offer
    font.weight: Font.Medium
    wrapMode: Text.WordWrap
    Accessible.role: Accessible.AlertMessage
  }
  Verdict {
    width: parent.width
    text: root.file.error.length > 0 ? root.file.error : root.file.done
    good: root.file.error.length === 0
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
      id: action
      enabled: pathBox.length > 0 && !root.file.busy
      kind: PushButton.Primary
      text: root.saving ? qsTr("Save the file") : root.file.offer.length > 0 ? qsTr("Add them") : qsTr("Look into the file")
      onClicked: {
        if (root.saving)
          root.file.save(pathBox.text);
        else if (root.file.offer.length > 0)
          root.file.take(pathBox.text, ownFile.on);
        else
          root.file.look(pathBox.text, ownFile.on);
      }
    }
    PushButton {
      text: root.file.done.length > 0 ? qsTr("Close") : qsTr("Cancel")
      hint: qsTr("Esc")
      onClicked: root.close()
    }
  }
}
