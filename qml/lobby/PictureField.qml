// Which picture: its name, a file that is dropped, or one that was copied.
import QtQuick
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Column {
  id: root

  required property PicturePresenter picture
  required property FilePortal files
  property bool wide: true

  spacing: 8
  Component.onCompleted: pathBox.forceActiveFocus(Qt.TabFocusReason)

  Words {
    text: pathBox.label
    font.pixelSize: Theme.small
    font.weight: Font.Medium
    Accessible.ignored: true
  }
  Flow {
    width: parent.width
    spacing: 8
    TextBox {
      id: pathBox

      readonly property real behind: read.width + paste.width + 16
      readonly property real beside: choose.visible ? choose.width + 8 : 0

      // Where all has no room in one line, the button that chooses stays beside the field.
      width: parent.width - beside - (root.wide && parent.width - beside - behind >= 260 ? behind : 0)
      label: qsTr("Picture of a QR code")
      glyph: "code"
      placeholderText: qsTr("Type its name, or drop the file here")
      maximumLength: 4096
      Keys.onPressed: event => {
        if (event.matches(StandardKey.Paste) && root.picture.pasteable) {
          event.accepted = true;
          root.picture.paste();
        }
      }
      onAccepted: {
        if (pathBox.length > 0)
          root.picture.readFile(pathBox.text);
      }
    }
    ChooseButton {
      id: choose
      files: root.files
      kind: FilePortal.Picture
      label: qsTr("Choose the picture of a QR code")
      typed: pathBox.text
      onChosen: path => {
        pathBox.text = path;
        root.picture.readFile(path);
      }
    }
    PushButton {
      id: read
      height: 40
      text: qsTr("Read it")
      enabled: pathBox.length > 0 && !root.picture.busy
      onClicked: root.picture.readFile(pathBox.text)
    }
    PushButton {
      id: paste
      height: 40
      glyph: "copy"
      text: qsTr("Paste")
      Accessible.name: qsTr("Paste a copied picture")
      enabled: root.picture.pasteable && !root.picture.busy
      onClicked: root.picture.paste()
    }
  }
  Verdict {
    width: parent.width
    text: choose.error
  }
}
