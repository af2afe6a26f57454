// Asks the desktop for a file, beside the field in which its name is typed. Where the desktop has no
// dialog for it there is no button, and the name is typed.
import QtQuick
import Foyer.Model

PushButton {
  id: root

  required property FilePortal files
  required property string label  // what is chosen; the dialog's title too
  required property string typed  // what stands in the field: the dialog begins there
  property int kind: -1           // FilePortal.Kind of a file to open; -1: a place to save
  property string error: ""

  signal chosen(string path)

  height: 40
  visible: root.files.available
  text: qsTr("Choose…")
  Accessible.name: root.label
  onClicked: {
    root.error = "";
    if (root.kind < 0)
      root.files.save(root, root.label, root.typed);
    else
      root.files.open(root, root.kind, root.label, root.typed);
  }
  onVisibleChanged: root.error = ""
  onTypedChanged: root.error = ""

  Connections {
    target: root.files
    function onChosen(asker: Item, path: string): void {
      if (asker === root)
        root.chosen(path);
    }
    function onRefused(asker: Item, sentence: string): void {
      if (asker === root)
        root.error = sentence;
    }
  }
}
