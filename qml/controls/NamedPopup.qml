// A popup whose name a screen reader is told. Qt names dialogs by their title and popups not at all.
import QtQuick
import QtQuick.Templates as T

T.Popup {
  id: root

  required property string label
  readonly property bool hasPlace: parent !== null && parent.visible

  function tell(): void {
    const item = root.contentItem ? root.contentItem.parent : null;
    if (item)
      item.Accessible.name = root.label;
  }

  // What was opened on a page does not stand over the next one.
  onHasPlaceChanged: {
    if (!hasPlace && visible)
      close();
  }
  onLabelChanged: tell()
  onContentItemChanged: tell()
  onAboutToShow: tell()
}
