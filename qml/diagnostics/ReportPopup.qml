// What would be saved, shown before it is; where to.
import QtQuick
import QtQuick.Templates as T
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

NamedPopup {
  id: root

  required property TelemetryPresenter telemetry
  required property FilePortal files

  label: qsTr("Save a report")
  anchors.centerIn: T.Overlay.overlay
  width: Math.min(520, (T.Overlay.overlay ? T.Overlay.overlay.width : 520) - 32)
  height: Math.min(column.implicitHeight + 40, (T.Overlay.overlay ? T.Overlay.overlay.height : 560) - 32)
  padding: 20
  modal: true
  T.Overlay.modal: Rectangle {
    color: Qt.alpha(Theme.sunken, 0.6)
  }
  focus: true
  onOpened: {
    pathBox.text = telemetry.suggestedPath;
    pathBox.take();
  }
  background: Rectangle {
    radius: Theme.radiusCard
    color: Theme.surface
    border.width: 1
    border.color: Theme.lineStrong
  }
  Connections {
    target: root.telemetry
    function onSaved() {
      root.close();
    }
    function onOpenChanged() {
      if (!root.telemetry.open)
        root.close();
    }
  }
  contentItem: Column {
    id: column
    spacing: 8
    Words {
      text: qsTr("Save a report")
      font.pixelSize: Theme.banner
      font.weight: Font.DemiBold
      Accessible.role: Accessible.Heading
    }
    Words {
      width: parent.width
      text: qsTr("The figures of the last minute, for somebody who helps you. It has no names, addresses, devices or keys, and no sound.")
      color: Theme.text2
      font.pixelSize: Theme.small
      wrapMode: Text.WordWrap
    }
    Rectangle {
      width: parent.width
      height: 200
      radius: Theme.radius
      color: Theme.sunken
      Flickable {
        anchors.fill: parent
        anchors.margins: 10
        contentHeight: preview.height
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        T.ScrollBar.vertical: ScrollTrack {}
        Words {
          id: preview
          width: parent.width
          text: root.telemetry.preview
          color: Theme.text2
          font.family: "monospace"
          font.pixelSize: Theme.cap
          wrapMode: Text.WrapAnywhere
        }
      }
    }
    FileField {
      id: pathBox
      width: parent.width
      topPadding: 4
      spacing: 8
      files: root.files
      label: qsTr("Save as")
      choice: qsTr("Choose where to save the report")
      onAccepted: root.telemetry.save(text)
    }
    Verdict {
      width: parent.width
      text: root.telemetry.saveError
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
        text: qsTr("Save the report")
        onClicked: root.telemetry.save(pathBox.text)
      }
    }
  }
}
