// One row of the settings: what it is, what it does, its control, and back to what it was by itself.
// Qt 6.4's Loader refuses bound components, so what it loads reaches `root` unbound.
// qmllint disable unqualified
import QtQuick
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Item {
  id: root

  required property AppPresenter app
  required property SettingsModel settings
  required property int index
  required property int kind
  required property string key
  required property string title
  required property string advice
  required property string heading
  required property bool isOn
  required property list<string> names
  required property int current
  required property string value
  required property bool isChanged
  required property string error
  // A switch stays beside its words; anything wider goes below them where there is no room.
  readonly property bool full: key === "turn" || key === "stun"
  readonly property bool beside: kind === SettingsModel.Switch || width >= 560 && !full

  implicitHeight: line.y + Math.max(texts.height, beside ? control.height : 0) + (beside ? 0 : control.height + 8) + 22

  Words {
    id: group
    visible: root.heading.length > 0
    topPadding: 12
    text: root.heading
    color: Theme.text2
    font.weight: Font.DemiBold
    height: visible ? 40 : 0
    Accessible.role: Accessible.Heading
  }
  Rectangle {
    id: line
    y: group.height
    width: parent.width
    height: 1
    color: Theme.line
  }
  Column {
    id: texts
    y: line.y + 12
    width: root.beside ? root.width - control.width - back.width - 24 : root.width - back.width - 8
    spacing: 2
    Words {
      width: parent.width
      text: root.title
      font.weight: Font.DemiBold
      wrapMode: Text.WordWrap
      Accessible.ignored: true
    }
    Words {
      width: parent.width
      visible: root.advice.length > 0
      text: root.advice
      color: Theme.text2
      font.pixelSize: Theme.small
      wrapMode: Text.WordWrap
    }
    Verdict {
      width: parent.width
      text: root.kind === SettingsModel.Line ? "" : root.error
    }
    Words {
      width: parent.width
      visible: root.key === "scale" && text.length > 0
      text: root.app.restart.sentence
      color: Theme.caution
      font.pixelSize: Theme.small
      wrapMode: Text.WordWrap
    }
  }
  PushButton {
    id: back
    visible: root.isChanged
    x: root.beside ? control.x - width - 4 : root.width - width
    y: root.beside ? texts.y + (Math.max(texts.height, control.height) - height) / 2 : texts.y - 8
    width: visible ? implicitWidth : 0
    kind: PushButton.Quiet
    glyph: "refresh"
    text: qsTr("Reset")
    Accessible.name: qsTr("Reset: %1").arg(root.title)
    onClicked: root.settings.reset(root.index)
  }
  Loader {
    id: control
    x: root.beside ? root.width - width : 0
    y: root.beside ? texts.y + Math.max(0, (texts.height - height) / 2) : texts.y + texts.height + 8
    sourceComponent: {
      switch (root.kind) {
      case SettingsModel.Switch:
        return switchControl;
      case SettingsModel.Choice:
        return root.names.length <= 3 ? segments : box;
      case SettingsModel.Line:
        return typed;
      default:
        return piece;
      }
    }
  }
  Component {
    id: switchControl
    ToggleSwitch {
      label: root.title
      checked: root.isOn
      onToggled: {
        root.settings.turn(root.index, checked);
        // What is shown follows what is in force.
        checked = Qt.binding(() => root.isOn);
      }
    }
  }
  Component {
    id: segments
    Segments {
      label: root.title
      names: root.names
      current: root.current
      onChosen: index => root.settings.choose(root.index, index)
    }
  }
  Component {
    id: box
    Column {
      spacing: 8
      Row {
        spacing: 8
        ChoiceBox {
          width: (root.beside ? 260 : root.width) - (playButton.visible ? playButton.width + 8 : 0)
          label: root.title
          textRole: ""
          model: root.names
          currentIndex: root.current
          onActivated: index => root.settings.choose(root.index, index)
        }
        PushButton {
          id: playButton
          visible: root.key === "ring" && root.kind === SettingsModel.Choice
          height: 40
          glyph: "play"
          text: qsTr("Play")
          Accessible.name: qsTr("Play the ringtone")
          onClicked: root.app.audio.playRing()
        }
      }
      // Below, so that the words beside keep their room.
      PushButton {
        anchors.right: parent.right
        visible: root.key === "scale" && root.app.restart.due
        height: 40
        kind: PushButton.Primary
        glyph: "refresh"
        text: qsTr("Restart now")
        onClicked: root.app.restart.ask()
      }
    }
  }
  Component {
    id: typed
    Column {
      width: root.beside ? 260 : root.width
      spacing: 6
      TextBox {
        width: parent.width
        label: root.title
        faulty: root.error.length > 0
        maximumLength: 256
        text: root.value
        onEditingFinished: {
          root.settings.type(root.index, text);
          // What was refused stays to be mended; what was taken is shown as it is kept.
          if (root.error.length === 0)
            text = Qt.binding(() => root.value);
        }
      }
      Verdict {
        width: parent.width
        text: root.error
      }
    }
  }
  Component {
    id: piece
    SettingPiece {
      width: wanted > 0 ? (root.beside ? Math.min(wanted, root.width * 0.55) : root.width) : implicitWidth
      wide: root.beside
      name: root.key
      title: root.title
      app: root.app
    }
  }
}
