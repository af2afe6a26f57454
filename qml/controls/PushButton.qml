// A button with a word, an optional glyph before it and an optional shortcut after it.
import QtQuick
import QtQuick.Templates as T
import Foyer.Theme

T.Button {
  id: root

  enum Kind { Primary, Plain, Quiet, Accept, Danger, DangerSoft, Hall, HallOutline, HallQuiet, Warning }

  property int kind: PushButton.Plain
  property string glyph: ""
  property string hint: ""
  property bool leading: false      // begins at the left, as in a list, instead of in the middle
  readonly property bool inHall: kind === PushButton.Hall || kind === PushButton.HallOutline || kind === PushButton.HallQuiet
  property bool hallRing: inHall
  readonly property bool filled: kind === PushButton.Primary || kind === PushButton.Accept || kind === PushButton.Danger

  readonly property color ink: {
    if (!enabled)
      return inHall ? Theme.hallDisabled : Theme.text3;
    switch (kind) {
    case PushButton.Primary:
      return Theme.accentInk;
    case PushButton.Accept:
    case PushButton.Danger:
      return Theme.fillInk;
    case PushButton.DangerSoft:
      return Theme.danger;
    case PushButton.Warning:
      return Theme.caution;
    case PushButton.Hall:
    case PushButton.HallOutline:
    case PushButton.HallQuiet:
      return Theme.hallText;
    default:
      return Theme.text;
    }
  }
  readonly property color fill: {
    const active = root.enabled && (root.hovered || root.down);
    switch (kind) {
    case PushButton.Primary:
      return !root.enabled ? Theme.sunken : root.down ? Theme.accentPress : root.hovered ? Theme.accentHover : Theme.accent;
    case PushButton.Accept:
      return !root.enabled ? Theme.sunken : active ? Qt.darker(Theme.acceptFill, root.down ? 1.4 : 1.2) : Theme.acceptFill;
    case PushButton.Danger:
      return !root.enabled ? Theme.sunken : active ? Qt.darker(Theme.dangerFill, root.down ? 1.4 : 1.2) : Theme.dangerFill;
    case PushButton.Warning:
      return Theme.cautionSoft;
    case PushButton.Hall:
      return active ? Qt.lighter(Theme.hallRaised, 1.2) : Theme.hallRaised;
    case PushButton.HallOutline:
    case PushButton.HallQuiet:
      return active ? Theme.hallRaised : "transparent";
    case PushButton.Quiet:
      return active ? Theme.sunken : "transparent";
    default:
      return root.down ? Theme.sunken : Theme.surface;
    }
  }
  readonly property color edge: {
    switch (kind) {
    case PushButton.Plain:
      return !root.enabled ? Theme.line : root.hovered ? Theme.accent : Theme.lineStrong;
    case PushButton.DangerSoft:
      return Theme.danger;
    case PushButton.Warning:
      return Theme.caution;
    case PushButton.HallOutline:
      return Theme.hallText2;
    default:
      return "transparent";
    }
  }

  implicitHeight: 36
  implicitWidth: leftPadding + rightPadding + (glyph.length > 0 || leading ? 24 : 0) + word.implicitWidth + (hint.length > 0 ? hintText.implicitWidth + 8 : 0)
  leftPadding: 14
  rightPadding: 14
  font.family: Theme.family
  font.pixelSize: Theme.body
  font.weight: root.filled ? Font.DemiBold : Font.Medium
  focusPolicy: Qt.StrongFocus
  hoverEnabled: true
  Accessible.name: root.text
  Keys.onReturnPressed: root.clicked()
  Keys.onEnterPressed: root.clicked()

  background: Rectangle {
    radius: Theme.radius
    color: root.fill
    border.width: root.kind === PushButton.Warning ? 1.5 : root.edge.a > 0 ? 1 : 0
    border.color: root.edge
    FocusRing {
      visible: root.visualFocus
      hall: root.hallRing
    }
  }
  contentItem: Item {
    implicitHeight: row.implicitHeight
    Row {
      id: row
      x: root.leading ? 0 : Math.floor((parent.width - width) / 2)
      anchors.verticalCenter: parent.verticalCenter
      spacing: 8
      Icon {
        anchors.verticalCenter: parent.verticalCenter
        // In a list the words stand under each other, with a glyph or without.
        visible: root.glyph.length > 0 || root.leading
        name: root.glyph
        colour: root.ink
      }
      Words {
        id: word
        anchors.verticalCenter: parent.verticalCenter
        width: Math.min(implicitWidth, root.availableWidth - (root.glyph.length > 0 ? 24 : 0) - (hintText.visible ? hintText.implicitWidth + 8 : 0))
        text: root.text
        color: root.ink
        font: root.font
        Accessible.ignored: true
      }
      Words {
        id: hintText
        anchors.verticalCenter: parent.verticalCenter
        // The word comes first: where both have no room, the key is left out.
        visible: root.hint.length > 0 && root.availableWidth >= (root.glyph.length > 0 ? 24 : 0) + word.implicitWidth + implicitWidth + 8
        text: root.hint
        color: root.ink
        font.pixelSize: Theme.cap
        Accessible.ignored: true
      }
    }
  }
}
