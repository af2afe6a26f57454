// Where the record of a call is written, and what is in it.
import QtQuick
import QtQuick.Templates as T
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

NamedPopup {
  id: root

  required property RecordPresenter record
  required property FilePortal files

  label: qsTr("Save packet timing")
  anchors.centerIn: T.Overlay.overlay
  width: Math.min(460, (T.Overlay.overlay ? T.Overlay.overlay.width : 460) - 32)
  height: column.implicitHeight + 40
  padding: 20
  // Beside a call: a click on "Mute" or "End call" does that, and who rings is not dimmed.
  modal: false
  focus: true
  onOpened: {
    record.forgetError();
    pathBox.text = record.suggestedPath;
    pathBox.take();
  }
  background: Rectangle {
    radius: Theme.radiusCard
    color: Theme.surface
    border.width: 1
    border.color: Theme.lineStrong
  }
  Connections {
    target: root.record
    function onAccepted() {
      root.close();
    }
  }
  contentItem: Column {
    id: column
    spacing: 8
    Words {
      text: qsTr("Save packet timing")
      font.pixelSize: Theme.banner
      font.weight: Font.DemiBold
      Accessible.role: Accessible.Heading
    }
    Words {
      width: parent.width
      text: qsTr("When packets came, when the speakers asked for sound, and how each gap was filled: for somebody who looks into a fault. No sound, no name, no address.")
      color: Theme.text2
      font.pixelSize: Theme.small
      wrapMode: Text.WordWrap
    }
    Words {
      width: parent.width
      visible: root.record.running
      text: qsTr("The call is still running: the file is written when it ends.")
      font.pixelSize: Theme.small
      wrapMode: Text.WordWrap
    }
    FileField {
      id: pathBox
      width: parent.width
      topPadding: 4
      spacing: 8
      files: root.files
      label: qsTr("Save as")
      choice: qsTr("Choose where to save the record")
      onAccepted: root.record.save(text)
    }
    Verdict {
      width: parent.width
      text: root.record.error
    }
    Row {
      anchors.right: parent.right
      spacing: 8
      PushButton {
        text: qsTr("Cancel")
        hint: qsTr("Esc")
        onClicked: root.close()
      }
      PushButton {
        kind: PushButton.Primary
        text: root.record.running ? qsTr("Save when the call ends") : qsTr("Save the file")
        onClicked: root.record.save(pathBox.text)
      }
    }
  }
}
