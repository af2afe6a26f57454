// Which file: its name is typed, chosen in the desktop's dialog, or, for one to open, dropped here.
import QtQuick
import Foyer.Model
import Foyer.Theme

Column {
  id: root

  required property FilePortal files
  required property string label
  required property string choice  // what the button beside the field chooses
  property int kind: -1            // FilePortal.Kind of a file to open; -1: a place to save
  property alias text: box.text
  readonly property alias length: box.length

  // By what the person types or chooses, not by a text that is put in.
  signal edited
  signal accepted
  // The file is named without typing: dropped or chosen.
  signal taken

  function take() {
    box.forceActiveFocus(Qt.TabFocusReason);
  }
  function put(path) {
    box.text = path;
    root.edited();
    root.taken();
  }

  spacing: 6

  Words {
    text: root.label
    font.pixelSize: Theme.small
    font.weight: Font.Medium
    Accessible.ignored: true
  }
  Row {
    width: parent.width
    spacing: 8
    TextBox {
      id: box
      width: parent.width - (choose.visible ? choose.width + 8 : 0)
      label: root.label
      glyph: root.kind < 0 ? "save" : "file"
      placeholderText: root.kind < 0 ? "" : qsTr("Type its name, or drop the file here")
      maximumLength: 4096
      onAccepted: root.accepted()
      onTextEdited: root.edited()

      DropArea {
        anchors.fill: parent
        enabled: root.kind >= 0
        keys: ["text/uri-list"]
        onDropped: drop => {
          if (drop.hasUrls)
            root.put(root.files.pathOf(drop.urls[0].toString()));
        }
      }
    }
    ChooseButton {
      id: choose
      files: root.files
      label: root.choice
      kind: root.kind
      typed: box.text
      onChosen: path => root.put(path)
    }
  }
  Verdict {
    width: parent.width
    text: choose.error
  }
}
