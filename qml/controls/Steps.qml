// Phases in a line: done, now, waiting, failed; each a shape and a word.
pragma ComponentBehavior: Bound
import QtQuick
import Foyer.Theme

Flow {
  id: root

  enum State { Waiting, Now, Done, Failed }

  required property list<string> names
  required property list<int> states
  property bool hall: false
  property int dash: 28
  readonly property color lit: hall ? Theme.lamp : Theme.accent
  readonly property color ink: hall ? Theme.hallText : Theme.text
  readonly property color faint: hall ? Theme.hallText2 : Theme.text2

  // In one line; where that does not fit, a dash would lead off the edge.
  readonly property real needed: {
    let width = names.length * 26 + 12 + (names.length - 1) * (dash + 16);
    for (const name of names)
      width += Math.ceil(metrics.advanceWidth(name));
    return width;
  }

  spacing: 8

  FontMetrics {
    id: metrics
    font.family: Theme.family
    font.pixelSize: Theme.small
  }
  Repeater {
    model: root.names
    Row {
      id: step

      required property string modelData
      required property int index
      readonly property int phase: index < root.states.length ? root.states[index] : Steps.Waiting
      readonly property bool last: index === root.names.length - 1

      spacing: 8
      height: 22

      Rectangle {
        anchors.verticalCenter: parent.verticalCenter
        width: 18
        height: 18
        radius: step.phase === Steps.Failed ? 4 : 9
        color: step.phase === Steps.Failed ? Theme.dangerFill : step.phase === Steps.Done ? (step.last && !root.hall ? Theme.acceptFill : root.lit) : "transparent"
        border.width: step.phase === Steps.Now || step.phase === Steps.Waiting ? 2 : 0
        border.color: step.phase === Steps.Now ? root.lit : root.hall ? Theme.hallText2 : Theme.lineStrong
        Rectangle {
          anchors.centerIn: parent
          visible: step.phase === Steps.Now
          width: 8
          height: 8
          radius: 4
          color: root.lit
        }
        Icon {
          anchors.centerIn: parent
          visible: step.phase === Steps.Done || step.phase === Steps.Failed
          name: step.phase === Steps.Failed ? "close" : "check"
          size: 12
          colour: step.phase === Steps.Failed ? Theme.fillInk : root.hall ? Theme.lampInk : step.last ? Theme.fillInk : Theme.accentInk
        }
      }
      Words {
        anchors.verticalCenter: parent.verticalCenter
        text: step.modelData
        font.pixelSize: Theme.small
        font.weight: step.phase === Steps.Now || step.phase === Steps.Failed ? Font.DemiBold : Font.Normal
        color: step.phase === Steps.Failed ? Theme.danger : step.phase === Steps.Waiting ? root.faint : root.ink
        Accessible.name: step.phase === Steps.Done ? qsTr("%1: done").arg(step.modelData) : step.phase === Steps.Now ? qsTr("%1: now").arg(step.modelData) : step.phase === Steps.Failed ? qsTr("%1: failed").arg(step.modelData) : qsTr("%1: not yet").arg(step.modelData)
      }
      Rectangle {
        anchors.verticalCenter: parent.verticalCenter
        visible: !step.last && root.needed <= root.width
        width: root.dash
        height: 2
        color: step.phase === Steps.Done ? root.lit : root.hall ? Theme.hallLine : Theme.line
      }
    }
  }
}
