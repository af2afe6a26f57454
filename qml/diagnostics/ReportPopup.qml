// All of what would be saved, shown before it is; where to.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

NamedPopup {
  id: root

  required property ReportPresenter report
  required property FilePortal files
  property string about: qsTr("The figures of the last minute, for somebody who helps you. It has no names, addresses, devices or keys, and no sound.")

  label: qsTr("Save a report")
  anchors.centerIn: T.Overlay.overlay
  width: Math.min(520, (T.Overlay.overlay ? T.Overlay.overlay.width : 520) - 32)
  height: Math.min(column.implicitHeight + 40, (T.Overlay.overlay ? T.Overlay.overlay.height : 560) - 32)
  padding: 20
  // Beside a call: a click on "Mute" or "End call" does that, and who rings is not dimmed.
  modal: false
  focus: true
  onOpened: {
    pathBox.text = report.suggestedPath;
    pathBox.take();
  }
  onClosed: report.forget()
  background: Rectangle {
    radius: Theme.radiusCard
    color: Theme.surface
    border.width: 1
    border.color: Theme.lineStrong
  }
  Connections {
    target: root.report
    function onSaved() {
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
      text: root.about
      color: Theme.text2
      font.pixelSize: Theme.small
      wrapMode: Text.WordWrap
    }
    Rectangle {
      width: parent.width
      height: 200
      radius: Theme.radius
      color: Theme.sunken
      ListView {
        id: list

        readonly property int page: Math.max(1, Math.floor(height / 18))

        function go(line: int): void {
          currentIndex = Math.max(0, Math.min(count - 1, line));
        }

        anchors.fill: parent
        anchors.margins: 10
        clip: true
        T.ScrollBar.vertical: ScrollTrack {}
        // A number and not the lines: a list of thousands is not copied.
        model: root.report.lines.length
        activeFocusOnTab: true
        boundsBehavior: Flickable.StopAtBounds
        highlightMoveDuration: 0
        reuseItems: true
        Accessible.role: Accessible.List
        Accessible.name: qsTr("What will be saved, line by line; arrow keys scroll")
        Keys.onPressed: event => {
          if (event.key === Qt.Key_Up)
            go(currentIndex - 1);
          else if (event.key === Qt.Key_Down)
            go(currentIndex + 1);
          else if (event.key === Qt.Key_PageUp)
            go(currentIndex - page);
          else if (event.key === Qt.Key_PageDown)
            go(currentIndex + page);
          else if (event.key === Qt.Key_Home)
            go(0);
          else if (event.key === Qt.Key_End)
            go(count - 1);
          else
            return;
          event.accepted = true;
        }
        delegate: Words {
          id: line

          required property int index
          readonly property bool marked: ListView.isCurrentItem && list.activeFocus

          width: list.width
          text: root.report.lines[index] ?? ""
          color: marked ? Theme.text : Theme.text2
          font.family: "monospace"
          font.pixelSize: Theme.cap
          wrapMode: Text.WrapAnywhere
          Accessible.role: Accessible.ListItem
          Accessible.name: text.trim()
          Rectangle {
            anchors.fill: parent
            z: -1
            visible: line.marked
            radius: 4
            color: Theme.accentSoft
          }
        }
      }
      FocusRing {
        visible: list.activeFocus
        anchors.margins: 0
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
      onAccepted: root.report.save(text)
    }
    Verdict {
      width: parent.width
      text: root.report.error
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
        onClicked: root.report.save(pathBox.text)
      }
    }
  }
}
